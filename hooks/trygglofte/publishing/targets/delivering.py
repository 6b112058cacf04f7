"""A publication to a target from beginning to end: compare, write down what is about to happen, do it in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from trygglofte.publishing.targets.contract import Item, Target, TargetError
from trygglofte.publishing.targets.planning import Notes, Plan, plan, read_notes
from trygglofte.publishing.targets.tree import Tree, hold_to_manifest


@dataclass(frozen=True)
class Delivery:
    """What is to be done at a target. `before` is what the notes there say; None where there are none."""

    tree: Tree
    before: Notes | None
    plan: Plan
    remarks: Sequence[str]

    @property
    def new(self) -> list[Item]:
        """Files that the target does not have, in the order they are put."""
        return [self.tree.files[path] for path in self.plan.put if path in self.plan.new]

    @property
    def changed(self) -> list[Item]:
        """Files that the target has with other content, in the order they are put."""
        return [self.tree.files[path] for path in self.plan.put if path not in self.plan.new]


def prepare(tree: Tree, target: Target) -> Delivery:
    """Compare the live site with what the target has. Changes nothing.

    Raises TargetError where the target has another site (putting one over it would take all of that away), and where
    a file that is to be put is no longer the one that was built.
    """
    content = target.notes()
    before = None if content is None else read_notes(content)
    if before and before.site != tree.site:
        raise TargetError(
            f"På målet ligger {before.site}, inte {tree.site}, och det skulle tas bort. Välj ett annat mål"
            " (eller en annan mapp i det), eller töm målet först."
        )
    digests = {path: item.digest for path, item in tree.files.items()}
    steps = plan(digests, before)
    hold_to_manifest([tree.files[path] for path in steps.put])
    return Delivery(tree, before, steps, target.remarks(tree.files.values()))


def deliver(delivery: Delivery, target: Target, on_put: Callable[[int], None] = lambda count: None) -> None:
    """Carry out what was prepared. `on_put` hears how many files were put, step by step.

    What is ours is written down before it is put and after, so a run that was stopped is taken up by the next one,
    which also knows what to take away. Raises TargetError, or OSError; the site at the target then still works.
    """
    tree, steps = delivery.tree, delivery.plan
    if steps.is_empty:
        return
    before = delivery.before or Notes(tree.site)
    begun = before.begun.union(steps.put, steps.removed)
    kept = {path: digest for path, digest in before.files.items() if path not in before.begun}
    target.begin(Notes(tree.site, kept, begun).as_bytes())
    if steps.first:
        target.remove(steps.first, steps.first_folders)
    for step in steps.puts:
        target.put([tree.files[path] for path in step])
        on_put(len(step))
    if steps.last or steps.folders:
        target.remove(steps.last, steps.folders)
    target.finish(Notes(tree.site, {path: item.digest for path, item in tree.files.items()}).as_bytes())
