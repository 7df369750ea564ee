"""All that uses MkDocs: the plugin, its preview, and what an export reads of a site. Nothing else imports mkdocs."""
