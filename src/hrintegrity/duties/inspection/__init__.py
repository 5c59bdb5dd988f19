"""The general inspection (三(四) 二): visits, the gaps they found, and whom to visit by lot."""
