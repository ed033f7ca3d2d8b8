"""The board of the bloc: many books received, who is missing, figures and files of a month."""
