"""The tips of a stage: which of them are shown, and in what words."""
