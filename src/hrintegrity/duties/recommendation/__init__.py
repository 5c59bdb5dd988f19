"""Demonstration units (三(七), 附件2, 附件3): from the ranked candidates to title and plaque."""
