"""What the scripts say, in the reader's language. Words in braces are filled in on the phone."""

from django.utils.translation import gettext as _


def keeper_words() -> dict[str, object]:
    """For static/content/keep-guide.js, which hands on to the worker what stands under "bar"."""
    return {
        "size": _("{line} MB to fetch; it takes {room} MB of this phone."),
        "kept": _("Kept on {day}, {size} MB."),
        "progress": _("{come} of {all} MB"),
        "coming": _("The guide is coming. You can go on reading, but leave this page open."),
        "beingMade": _("The server is putting the guide together. That takes about a minute."),
        "done": _("The guide is on this phone. Try it: switch the line off and open the guide."),
        "removed": _("The guide is no longer on this phone."),
        "noLine": _("There is no line to the server. Open this page again when there is one."),
        "noLineKept": _("There is no line, so nobody can say whether the server has a newer guide."),
        "stopped": _("The line broke. What has come is kept: go on when there is a line."),
        "changedMeanwhile": _("The guide changed just now. What has come is kept: go on to fetch the rest."),
        "changedOnTheWay": _(
            "What came is not what the server sent. Sign in to your network, or use another; then go on."
        ),
        "noRoom": _("There is not enough room on this phone. Delete something, then go on."),
        "bar": bar_words(),
    }


def bar_words() -> dict[str, str]:
    """For the bar above every kept page (worker.js)."""
    return {
        "label": _("Kept copy"),
        "keptAgo": _("Kept copy of {day} ({age})."),
        "keptOf": _("Kept copy of {day}."),
        "check": _("Check again before you act."),
        "after": _("Check again after {day} in any case."),
        "overdue": _("Its law had to be checked again after {day}."),
        "clock": _("This phone's clock stands before that day, so its age is not known."),
        "more": _("About the kept guide"),
    }


def search_words() -> dict[str, str]:
    """For the search of the kept guide (static/content/guide-search.js)."""
    return {
        "count": _("Found in the kept guide: {count}"),
        "none": _("Nothing found in the kept guide"),
        "closest": _("Nothing is called exactly that. This is the closest: compare before you rely on it."),
        "unknown": _(
            "That it is not in the guide does not mean that nothing applies. Ask before you release it."
        ),
    }
