"""The read log: who opened which referral, and who unveiled its text."""

import streamlit

from workbench.desk.decisions import ReadingPart, record_reading
from workbench.desk.referral_view import ReferralGlance
from workbench.ui.session import Workplace


def log_reading(place: Workplace, view: ReferralGlance, part: ReadingPart) -> None:
    """Log a reading once for as long as the officer stays with this version."""
    reading = (view.header.version_id, place.officer, part)
    logged = streamlit.session_state.setdefault("logged_readings", {})
    if logged.get(part) == reading:
        return
    record_reading(
        place.store,
        view.header.referral_id,
        view.header.version,
        place.officer,
        part,
        place.now,
    )
    logged[part] = reading
