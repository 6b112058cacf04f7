"""Swedish words: what their inflections have in common, what compounds are made of, and where long ones may break.

Knows the language and nothing of pages, documents or search. `leder.txt` is the list of words that compounds of this
field are made of; search takes words apart by it and by the site's own, line breaks by it alone, so that a word
breaks alike on every page of every site.
"""
