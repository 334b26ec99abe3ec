/** @jsxImportSource preact */
import type { ConversationSummary } from '#src/conversations/summary.ts';
import type { Person } from '../layouts/person.ts';
import { Icon } from '../shared/icon.tsx';
import { words } from '../words/words.ts';
import type { ViewName } from './view.ts';

type Props = {
  row: ConversationSummary;
  view: ViewName;
  members: { id: number; name: string }[];
  viewer: Person;
};

/** Who answers: one form whose buttons are the people. */
export function AssignmentMenu({ row, view, members, viewer }: Props) {
  const path = `/conversations/${row.id}/assignment`;
  const others = members.filter((member) => member.id !== viewer.userId);
  return (
    <details class="menu head__assignee">
      <summary class="btn btn--quiet">
        <Icon name="user" />
        <span class="vh">{words.assignedTo} </span>
        <AssigneeName id={row.id} assignee={row.assignee} />
      </summary>
      <form
        class="pop"
        method="post"
        action={path}
        hx-post={path}
        hx-swap="none"
        data-say={words.done.assignment}
      >
        <input type="hidden" name="back" value={view} />
        <ul>
          <li>
            <button type="submit" name="assignee" value={viewer.userId}>
              {words.assignToMe}
            </button>
          </li>
          {others.map((member) => (
            <li key={member.id}>
              <button type="submit" name="assignee" value={member.id}>
                <bdi>{member.name}</bdi>
              </button>
            </li>
          ))}
          <li>
            <button type="submit" name="assignee" value="">
              {words.leaveUnassigned}
            </button>
          </li>
        </ul>
      </form>
    </details>
  );
}

/** The same in the contact pane, where a phone has room for it. */
export function AssignmentForm({ row, view, members }: Omit<Props, 'viewer'>) {
  const path = `/conversations/${row.id}/assignment`;
  return (
    <form
      class="bar"
      method="post"
      action={path}
      hx-post={path}
      hx-swap="none"
      data-say={words.done.assignment}
    >
      <input type="hidden" name="back" value={view} />
      <select name="assignee" aria-label={words.assignedTo}>
        <option value="">{words.nobody}</option>
        {members.map((member) => (
          <option key={member.id} value={member.id} selected={member.id === row.assignee?.id}>
            {member.name}
          </option>
        ))}
      </select>
      <button class="btn" type="submit">
        {words.assign}
      </button>
    </form>
  );
}

/** Pushed with the head's state. */
export const AssigneeName = ({ id, assignee }: { id: number; assignee: ConversationSummary['assignee'] }) => (
  <span class="btn__word" id={`assignee-${id}`}>
    {assignee === null ? words.nobody : <bdi>{assignee.name}</bdi>}
  </span>
);
