"""What an author asks for while writing: find words, add an annotation, look at one, put a file in order.

`words` finds, `draft` composes an entry, `trial` checks a folder with changed files before they are kept, `order` and
`wrapping` format, `view` shows. Nothing here writes a file; the commands do, through `edit`.
"""
