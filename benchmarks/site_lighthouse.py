"""What Lighthouse gives the site's pages on a phone: the median of several runs, since speed differs from run to run.

    python benchmarks/site_lighthouse.py [--site FOLDER] [--runs 3]

Home and a check, in each language, of a site that was built; without one, of the sample that the tests verify. Needs
npm and a browser of the Chromium family. The pages come from a plain server that compresses nothing, so that a host
that does is faster. Exit code 1 when a page has less than 100 for accessibility, best practices or SEO, or less than 98
for performance. Prints one line for each page.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
LEAST = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 98}


def made_in(folder: Path) -> Path:
    """The sample site of the tests."""
    from tests.actions.desks_of_people import built, clock_from, config_in
    from tests.publish.site_copies import sample_site

    from factdesk.store.setup import prepare

    (folder / "press").mkdir()
    prepare(config_in(folder / "press"))
    (folder / "made").mkdir()
    return sample_site(built(config_in(folder / "press"), clock_from(0)), folder / "made")


def chosen(site: Path) -> list[str]:
    """The addresses of home and the first check in each language."""
    pages = []
    for language in sorted(each.parent.name for each in site.glob("*/checks/")):
        checks = sorted(site.glob(f"{language}/checks/*/index.html"))
        pages += [f"{language}/", *(f"{each.parent.relative_to(site).as_posix()}/" for each in checks[:1])]
    return pages


def measure(site: Path, runs: int) -> int:
    """Print the medians; the exit code."""
    from tests.publish.browsing import served
    from tests.publish.lighthouse import scored

    pages, worst = chosen(site), 0
    with served(site) as url:
        found = [scored([f"{url}/{page}" for page in pages], tuple(LEAST)) for _ in range(runs)]
    for number, page in enumerate(pages):
        scores = {name: median(run[number].scores[name] for run in found) for name in LEAST}
        lost = sorted({each for run in found for each in run[number].lost})
        print(f"{page:<70}", *(f"{name} {value:g}" for name, value in scores.items()), *lost, sep="  ", flush=True)
        worst |= any(scores[name] < least for name, least in LEAST.items())
    return int(worst)


def main() -> int:
    """Measure; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, help="the folder of a site that was built")
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    if asked.site is not None:
        return measure(asked.site.absolute(), asked.runs)
    with tempfile.TemporaryDirectory() as folder:
        return measure(made_in(Path(folder)), asked.runs)


if __name__ == "__main__":
    sys.exit(main())
