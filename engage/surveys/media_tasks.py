"""What the sounds and videos do by themselves."""

from datetime import UTC, datetime, timedelta

from engage.jobs.queue import Finish, every_day
from engage.surveys import media
from engage.surveys.media_store import media_files

# Long enough for whoever has just sent a file to keep it, and for someone to change their mind.
KEPT_UNUSED = timedelta(days=1)


@every_day("surveys.tidy_media")
def tidy_media() -> Finish:
    """Files that no survey uses any more go: a voice that was taken away is not kept."""
    files = media_files()
    old = list(files.untouched_since(datetime.now(UTC) - KEPT_UNUSED))

    def remove_unused() -> None:
        used = media.used_digests()
        # Looked at once more: the same file may have been sent again meanwhile.
        still_old = set(files.untouched_since(datetime.now(UTC) - KEPT_UNUSED))
        for name in old:
            if name in still_old and name.partition(".")[0] not in used:
                files.remove(name)

    return remove_unused
