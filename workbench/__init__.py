"""Referral Workbench: triage of CyberTipline referrals by their metadata."""
