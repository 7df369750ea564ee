"""The annotation editor of the preview: what browsers ask of it, as JSON, over the functions of `authoring`.

`access` says who may write, `interface` turns a request into an operation and its result into an answer, and the other
modules have the operations. Only `briefing serve` starts it, on a loopback address; no build holds any of it.
"""
