help-intro = Here is what you can ask me.
help-facilitator = For facilitators:
help-dash = { " — " }
help-private = In private, write these words to me with nothing before them.
help-help-help = all that I can do
