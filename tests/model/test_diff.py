"""Diffs of a canvas: what was done can be taken back, and many steps are one."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from qntx_desktop.model.diff import CanvasDiff, apply, invert, removal, squash, update
from qntx_desktop.model.glyph import Canvas, Edge, Glyph, Viewpoint


def glyph(key: int, text: str = "") -> Glyph:
    return Glyph(id=key, kind="ix", x=key, y=0, width=10, height=10, content={"text": text})


def canvas(*keys: int) -> Canvas:
    return Canvas(
        id=1, name="c", folder="", viewpoint=Viewpoint(), glyphs={k: glyph(k) for k in keys}, edges={}, next_id=100
    )


def edge(key: int, source: int, target: int) -> Edge:
    return Edge(id=key, kind="handler", source_id=source, target_id=target)


steps = st.lists(
    st.tuples(
        st.sampled_from(["add", "move", "text", "remove", "link", "unlink", "folder"]),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    max_size=25,
)


def diff_of(now: Canvas, step: tuple[str, int, int]) -> CanvasDiff:
    """A diff that is legal on `now`, or the empty one."""
    kind, first, second = step
    if kind == "add":
        return CanvasDiff(added={now.next_id: glyph(now.next_id)})
    if kind == "folder":
        return CanvasDiff(folder=(now.folder, f"/{first}")) if now.folder != f"/{first}" else CanvasDiff()
    keys, edges = sorted(now.glyphs), sorted(now.edges)
    if kind == "unlink":
        return CanvasDiff(edges_removed={k: now.edges[k] for k in edges[first : first + 1]})
    if not keys:
        return CanvasDiff()
    key, other = keys[first % len(keys)], keys[second % len(keys)]
    if kind == "move":
        return update(now, key, x=now.glyphs[key].x + second)
    if kind == "text":
        return update(now, key, content={"text": str(second)})
    if kind == "remove":
        return removal(now, {key})
    return CanvasDiff(edges_added={now.next_id: edge(now.next_id, key, other)})


def content(value: Canvas) -> tuple[object, object, object]:
    return value.glyphs, value.edges, value.folder


@given(steps)
def test_every_step_can_be_taken_back_and_done_again(todo: list[tuple[str, int, int]]) -> None:
    now = start = canvas(1, 2, 3)
    done = []
    for step in todo:
        diff = diff_of(now, step)
        now = apply(now, diff)
        done.append(diff)
    end = now
    for diff in reversed(done):
        now = apply(now, invert(diff))
    assert content(now) == content(start)
    for diff in done:
        now = apply(now, diff)
    assert content(now) == content(end)


@given(steps)
def test_one_squashed_diff_does_what_the_steps_did(todo: list[tuple[str, int, int]]) -> None:
    now = start = canvas(1, 2, 3)
    total = CanvasDiff()
    for step in todo:
        diff = diff_of(now, step)
        now = apply(now, diff)
        total = squash(total, diff)
    assert content(apply(start, total)) == content(now)
    assert content(apply(now, invert(total))) == content(start)


def test_squash_of_a_step_and_its_inverse_is_empty() -> None:
    now = canvas(1)
    for diff in (
        update(now, 1, x=50.0),
        removal(now, {1}),
        CanvasDiff(added={9: glyph(9)}, edges_added={8: edge(8, 1, 9)}),
    ):
        assert squash(diff, invert(diff)).empty


def test_removal_takes_the_edges_along() -> None:
    now = replace(canvas(1, 2, 3), edges={10: edge(10, 1, 2), 11: edge(11, 2, 3)})
    diff = removal(now, {1})
    assert set(diff.removed) == {1}
    assert set(diff.edges_removed) == {10}


def test_updating_nothing_or_nobody_is_empty() -> None:
    now = canvas(1)
    assert update(now, 1, x=1).empty
    assert update(now, 77, x=1).empty


def test_ids_are_never_given_out_twice() -> None:
    now = apply(canvas(1), CanvasDiff(added={200: glyph(200)}))
    now = apply(now, removal(now, {200}))
    assert now.next_id == 201
