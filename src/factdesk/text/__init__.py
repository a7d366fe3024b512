"""Text as data: cleaning with offset maps, sentences, language, numbers, folding."""
