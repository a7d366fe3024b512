"""Reviews in and out: ClaimReview, DataFeed, Google API answers, CSV, JSON Lines. Reads anything, writes exactly."""
