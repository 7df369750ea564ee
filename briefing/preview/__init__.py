"""The preview server, which knows no engine: it watches files, has an engine build what changed, and serves the result.

`hosts` says which names it answers to, `watcher` reports changed files, `builder` is what an engine has to offer,
`build_folders` where it builds, `session` decides what is built when and knows what is shown, `router` turns a request
into an answer, and `server` speaks HTTP.
"""
