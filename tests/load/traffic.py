"""People who read and officers who send photos, all at once; and a count of what came of it.

Readers open a page, read for a while, and open the next. Photos are sent by the clock, whether or not
earlier ones are answered. Whoever is cut off in the middle of an answer tries once more, as people do.
"""

import http.client
import json
import random
import statistics
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

TIMEOUT = 60  # seconds
SECONDS_ON_A_PAGE = 2.0  # on average
CUT_OFF = (ConnectionError, http.client.RemoteDisconnected, http.client.IncompleteRead)


@dataclass(frozen=True)
class Site:
    """Where the site is, and what its proxy would add to every request."""

    address: str
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Photo:
    content: bytes
    sha256: str


@dataclass
class Report:
    """What happened. Errors are anything but the answer that was due."""

    seconds: float = 0.0
    reading: list[float] = field(default_factory=list)
    sending: list[float] = field(default_factory=list)
    acknowledged: dict[str, str] = field(default_factory=dict)  # identification to SHA-256
    errors: list[str] = field(default_factory=list)
    tried_again: Counter[str] = field(default_factory=Counter)
    own_cpu: float = 0.0

    def lines(self) -> list[str]:
        return [
            f"{'':18}{'number':>8}{'a second':>10}{'median':>10}{'95 %':>10}{'slowest':>10}",
            self._row("pages read", self.reading),
            self._row("photos answered", self.sending),
            f"tried again after a cut: {dict(self.tried_again) or 'none'}; errors: {len(self.errors)}",
            f"over {self.seconds:.0f} s; this program itself took {self.own_cpu:.0f} s of processor time",
            *(f"  {count} × {error}" for error, count in Counter(self.errors).most_common(10)),
        ]

    def _row(self, what: str, times: list[float]) -> str:
        if not times:
            return f"{what:18}{0:>8}"
        ordered = sorted(times)
        late = ordered[int(0.95 * (len(ordered) - 1))]
        shown = "".join(f"{value:>8.2f} s" for value in (statistics.median(ordered), late, ordered[-1]))
        return f"{what:18}{len(ordered):>8}{len(ordered) / self.seconds:>10.1f}{shown}"


@dataclass
class Traffic:
    """Who comes. `readers` are sets of headers: those who are signed in bring a cookie."""

    site: Site
    readers: Sequence[dict[str, str]]
    addresses: Sequence[str]
    tokens: Sequence[str]
    photos: Sequence[Photo]
    uploads_a_second: float
    seconds: float

    def run(self, *, beside: Sequence[tuple[float, Callable[[], None]]] = ()) -> Report:
        """Let them come for that long. `beside`: what else happens, each after so many seconds."""
        report = Report(seconds=self.seconds)
        self._lock = threading.Lock()
        began, cpu = time.monotonic(), time.process_time()
        end = began + self.seconds
        threads = [
            threading.Thread(target=self._read, args=(number, end, report))
            for number in range(len(self.readers))
        ]
        threads.append(threading.Thread(target=self._send_by_the_clock, args=(began, report)))
        threads += [
            threading.Thread(target=_at, args=(began + after, action, report)) for after, action in beside
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        report.own_cpu = time.process_time() - cpu
        return report

    def _read(self, number: int, end: float, report: Report) -> None:
        chance = random.Random(number)
        time.sleep(chance.uniform(0, SECONDS_ON_A_PAGE))
        while time.monotonic() < end:
            address = chance.choice(self.addresses)
            self._timed(report.reading, report, "reading", address, lambda a=address: self._page(number, a))
            time.sleep(chance.expovariate(1 / SECONDS_ON_A_PAGE))

    def _page(self, number: int, address: str) -> None:
        status, _body = self._ask("GET", address, self.readers[number])
        if status != 200:
            raise ValueError(f"{status} for {address}")

    def _send_by_the_clock(self, began: float, report: Report) -> None:
        senders = []
        for number in range(int(self.seconds * self.uploads_a_second)):
            time.sleep(max(0.0, began + number / self.uploads_a_second - time.monotonic()))
            senders.append(threading.Thread(target=self._send, args=(number, report)))
            senders[-1].start()
        for sender in senders:
            sender.join()

    def _send(self, number: int, report: Report) -> None:
        photo = self.photos[number % len(self.photos)]
        token = self.tokens[number % len(self.tokens)]
        self._timed(
            report.sending, report, "sending", "a photo", lambda: self._upload(photo, token, report, number)
        )

    def _upload(self, photo: Photo, token: str, report: Report, number: int) -> None:
        boundary = uuid.uuid4().hex
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="photos"; filename="{number}.jpg"\r\n\r\n'
        )
        body = head.encode() + photo.content + f"\r\n--{boundary}--\r\n".encode()
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": f"multipart/form-data; boundary={boundary}",
        }
        status, answer = self._ask("POST", "/api/v1/identifications", headers, body)
        if status != 201:
            raise ValueError(f"{status} for a photo: {answer[:200]!r}")
        with self._lock:
            report.acknowledged[json.loads(answer)["id"]] = photo.sha256

    def _timed(
        self, times: list[float], report: Report, what: str, which: str, act: Callable[[], None]
    ) -> None:
        began = time.monotonic()
        try:
            try:
                act()
            except CUT_OFF:
                with self._lock:
                    report.tried_again[what] += 1
                act()
        except Exception as error:
            with self._lock:
                report.errors.append(f"{type(error).__name__}: {error} ({which})")
            return
        with self._lock:
            times.append(time.monotonic() - began)

    def _ask(
        self, method: str, path: str, headers: dict[str, str], body: bytes | None = None
    ) -> tuple[int, bytes]:
        """On a connection of its own: a kept one may be closed just when it is used again."""
        connection = http.client.HTTPConnection(urlsplit(self.site.address).netloc, timeout=TIMEOUT)
        try:
            connection.request(method, path, body, {**self.site.headers, **headers, "Connection": "close"})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


def _at(moment: float, action: Callable[[], None], report: Report) -> None:
    time.sleep(max(0.0, moment - time.monotonic()))
    try:
        action()
    except Exception as error:
        report.errors.append(f"{type(error).__name__}: {error} (beside the traffic)")
