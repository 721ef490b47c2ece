"""Makes files as large as a document lets them be, gives parts the headers that it asks for, and knows what schemathesis
takes for a finding though nothing can be found: bodies that are broken before they are sent, and whole again on the wire.

A document says which fields of an operation's body are to be large, and how many bytes they may have at most, in
x-large-files; the empty name stands for the body itself."""

import atexit
import hashlib
import threading

import schemathesis

FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
OF_NO_BYTES = {"format", "contentMediaType", "contentEncoding"}
"""Keywords that bytes cannot break."""
HELD = 65536
"""What the service holds of a file on the heap; larger ones go to disk."""


def _size(content, most):
    """Small, at the border between heap and disk, or the most there may be: always the same for the same content."""
    sizes = (len(content), HELD, HELD + 1, most - 1, most, most)
    return sizes[hashlib.sha256(content).digest()[0] % len(sizes)]


def _repeated(content, size):
    return (content * (size // len(content) + 1))[:size]


def _bytes(content):
    content = getattr(content, "data", content)
    return content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content


def _grown(content, most):
    """What is empty stays so: it may be what is to be refused. So does what is no file any more."""
    if not isinstance(content, bytes) or not content or len(content) > most:
        return content
    return _repeated(content, max(len(content), _size(content, most)))


def _resolved(schema, case):
    """Follows references within the document."""
    while "$ref" in schema:
        found = case.operation.schema.raw_schema
        for key in schema["$ref"].removeprefix("#/").split("/"):
            found = found[key]
        schema = found
    return schema


def _declared(case):
    return case.operation.definition.raw["requestBody"]["content"][case.media_type]


def _property(case, name):
    schema = _resolved(_declared(case)["schema"], case).get("properties", {}).get(name, {})
    return _resolved(schema, case)


def _mutations(case):
    return getattr(case.meta.phase.data, "mutations", ()) if case.meta else ()


def _too_large(case, name):
    """How many bytes break the maxLength of a file that is to break it: the generator makes files that do not."""
    if not any("maxLength" in mutation.keywords and mutation.path[:1] == (name,) for mutation in _mutations(case)):
        return 0
    schema = _property(case, name)
    file = _resolved(schema.get("items", schema), case)
    return file.get("maxLength", -1) + 1


def _part(case, name, file_name, content, media_type=None):
    most = case.operation.definition.raw.get("x-large-files", {}).get(name, 0)
    if file_name:
        content = _bytes(content)
        too_large = _too_large(case, name)
        if too_large and isinstance(content, bytes):
            content = _repeated(content or b"x", too_large)
        else:
            content = _grown(content, most)
    declared = _declared(case).get("encoding", {}).get(name, {}).get("headers", {})
    return name, (file_name, content, media_type, {header: str(value["example"]) for header, value in declared.items()})


@schemathesis.hook
def before_call(context, case, kwargs):
    """Makes what is sent as large as it is meant to be; what else was wrong with a request stays wrong."""
    large = case.operation.definition.raw.get("x-large-files", {})
    if case.media_type != "multipart/form-data" and "" not in large:
        return
    sent = case.as_transport_kwargs(base_url="http://localhost")
    if sent.get("files"):
        kwargs["files"] = [_part(case, name, *part) for name, part in sent["files"]]
    elif "" in large and isinstance(sent.get("data"), bytes):
        kwargs["data"] = _grown(sent["data"], large[""])


def _is_file(case, mutation):
    schema = _property(case, mutation.path[0]) if mutation.path else {}
    file = _resolved(schema.get("items", schema), case)
    return file.get("format") == "binary" or "contentMediaType" in file


def _is_text_for_null(case, mutation):
    """A text is where the generator put something in the place of null alone."""
    if set(mutation.keywords) != {"type"} or not mutation.path:
        return False
    name = mutation.path[0]
    return isinstance(case.body.get(name), str) and _property(case, name).get("nullable", False)


def _is_text(value, schema):
    return schema.get("type") == "string" and not isinstance(value, (str, bytes))


def _is_whole_on_the_wire(case):
    """A form has no empty lists, not even where a field that nobody declared has one, any bytes are a file, one field of a
    name is a list of one, and what is written as a text is one."""
    if case.media_type not in FORMS or not isinstance(case.body, dict):
        return False
    mutations = _mutations(case)
    if any(set(mutation.keywords) <= OF_NO_BYTES and _is_file(case, mutation) for mutation in mutations):
        return True
    if mutations and all(_is_text_for_null(case, mutation) for mutation in mutations):
        return True
    for name, value in case.body.items():
        schema = _property(case, name)
        if value == []:
            whole = True
        elif schema.get("type") != "array":
            whole = _is_text(value, schema)
        elif isinstance(value, list):
            items = _resolved(schema.get("items", {}), case)
            whole = any(_is_text(item, items) for item in value)
        else:
            whole = True
        if whole:
            return True
    return False


class _Dropped:
    """How many findings are dropped, in all threads."""

    def __init__(self):
        self._lock = threading.Lock()
        self._count = 0
        atexit.register(self._tell)

    def add(self):
        with self._lock:
            self._count += 1

    def _tell(self):
        print(f"dropped {self._count} of forms that are whole on the wire")


_DROPPED = _Dropped()


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Drops what is said of forms that are broken before they are sent and whole on the wire, and nothing else."""
    if failure.code != "ST201" or not _is_whole_on_the_wire(case):
        return True
    _DROPPED.add()
    return False
