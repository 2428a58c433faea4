"""The small pieces of police JSON that need no habits of an export."""

from typing import Any

from sample_data.case import Case, Contact, FileSeen, IpEvent, Person

# Provider's file flags have no field in police JSON; NCMEC's staff put tags of their own instead.
FLAG_TAGS = {
    "viral": "Viral",
    "potentialMeme": "Potential Meme",
    "possibleSelfProduction": "Possible Self-Production",
    "generativeAi": "Generative AI",
    "liveStreaming": "Live Streaming",
    "infant": "Infant/Toddler",
    "violenceGore": "Violence",
    "physicalHarm": "Physical Harm",
    "animeDrawingVirtualHentai": "Anime/Drawing/Virtual",
}
ANNOTATION_WORDS = {
    "sextortion": "Sextortion",
    "csamSolicitation": "Solicitation",
    "minorToMinorInteraction": "Minor to minor interaction",
    "spam": "Spam",
    "sadisticOnlineExploitation": "Sadistic online exploitation",
    "informational": "Informational",
}


def contact_item(contact: Contact) -> dict[str, Any]:
    """An e-mail address or telephone number; `verified` null means nobody said."""
    return {"value": contact.value, "verified": contact.is_verified}


def address_item(address: dict[str, str]) -> dict[str, Any]:
    """A stated postal address."""
    return {
        "street1": address["street"],
        "street2": None,
        "city": address["city"],
        "state": None,
        "postalCode": address["postal_code"],
        "country": address["country"],
    }


def lookup_item(event: IpEvent) -> dict[str, Any]:
    """NCMEC's own look-up of an address: where its network is registered, not where anybody is."""
    return {
        "ipAddress": event.address,
        "country": event.country,
        "region": "",
        "city": None,
        "postalCode": "N/A",
        "latitude": "62.0",
        "longitude": "10.0",
        "esp": "",
        "organization": event.owner,
        "metropolitanCode": "",
        "areaCode": "",
        "types": [event.name.upper()] if event.name else [],
    }


def bare_file_item(file: FileSeen) -> dict[str, Any]:
    """A file in the older form, whose list stands bare under `uploadedFiles`."""
    item: dict[str, Any] = {
        "fileName": file.original_name or file.name,
        "fileType": "video/mp4" if file.name.endswith("mp4") else "image/jpeg",
    }
    if file.md5:
        item["md5"] = file.md5.upper()
    if file.sha1:
        item["sha1"] = file.sha1
    if file.is_viewed is not None:
        item["viewedByEsp"] = file.is_viewed
    if file.classification:
        item["industryClassification"] = file.classification
    if file_tags(file):
        item["ncmecTags"] = tag_groups(file)
    return item


def file_tags(file: FileSeen) -> list[str]:
    """Tags by NCMEC's staff, those for the provider's flags included."""
    return [*file.tags, *(FLAG_TAGS[flag] for flag in file.flags)]


def tag_groups(file: FileSeen) -> dict[str, Any]:
    """Tags, wrapped twice as the format has them."""
    return {"groups": [{"tags": [{"value": tag} for tag in file_tags(file)]}]}


def remarks(person: Person, case: Case) -> list[str]:
    """The provider's free text about the account, where JSON has no field of its own."""
    if person is not case.suspect:
        return [person.text] if person.text else []
    texts = [f"Provider label: {ANNOTATION_WORDS.get(name, name)}" for name in case.annotations]
    if person.is_compromised:
        texts.append("Account compromised: yes")
    if person.group:
        texts.append(f"Group: {person.group}")
    if case.batched_reason:
        texts.append("This report stands for several accounts that shared one viral file.")
    if person.text:
        texts.append(person.text)
    return texts


def other_police(case: Case) -> list[dict[str, Any]]:
    """A second agency that was given the report."""
    if not case.police_agency:
        return []
    officer = {"firstName": "Duty", "lastName": "Officer", "title": "Detective"}
    return [{"agency": case.police_agency, "referralType": "NCMEC_ANALYST", "officer": officer}]
