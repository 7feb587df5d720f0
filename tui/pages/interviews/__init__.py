"""The pages of the coming interviews, and of what to prepare for one."""
