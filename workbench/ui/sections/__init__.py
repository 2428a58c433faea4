"""The sections of the referral page; each makes HTML of what is known and says what is not."""
