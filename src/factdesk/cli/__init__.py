"""The command line: parse, call, print. Every decision is made in the rooms below.

Built on click itself rather than Typer: Typer 0.29 carries its own copy of click, starts 40 ms later, and reads help
texts once at import, where ours follow `--ui-language`. A command's module is imported when the command is called.
"""
