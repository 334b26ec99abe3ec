/** @jsxImportSource preact */
import type { Choice } from '#src/templates/choose.ts';
import { fieldsOf } from '#src/templates/field.ts';
import { statusOf } from '#src/templates/status.ts';
import type { Template } from '#src/templates/template.ts';
import { withoutMarks } from '../messages/markup.tsx';
import { Icon, type IconName } from '../shared/icon.tsx';
import { words } from '../words/words.ts';
import { languageName } from './language.ts';

type Look = { icon: IconName; kind: 'ok' | 'wait' | 'bad' };

const looks: Record<string, Look> = {
  APPROVED: { icon: 'okc', kind: 'ok' },
  PENDING: { icon: 'clock', kind: 'wait' },
  IN_APPEAL: { icon: 'clock', kind: 'wait' },
  PAUSED: { icon: 'clock', kind: 'wait' },
};
const stopped: Look = { icon: 'bad', kind: 'bad' };

/** A template in the list: what it says, whether it can be sent, and why not. */
export function TemplateRow({ template, text }: Choice) {
  const status = statusOf(template);
  const { icon, kind } = looks[status] ?? stopped;
  const { templates } = words;
  const quality = template.quality === null ? undefined : templates.qualities[template.quality];
  return (
    <li class="templates__row" id={`template-${template.id}`}>
      <h2>{template.name}</h2>
      <p class={`templates__status templates__status--${kind}`}>
        <Icon name={icon} small />
        {templates.statuses[status] ?? status}
      </p>
      <p class="meta">
        {[
          templates.categories[template.category] ?? template.category,
          languageName(template.language),
          templates.variables(fieldsOf(template.definition).length),
          quality,
        ]
          .filter((part) => part !== undefined)
          .join(' · ')}
      </p>
      {whyOf(template, status).map((why) => (
        <p key={why} class="templates__why">
          {why}
        </p>
      ))}
      <p class="templates__text" dir="auto">
        {withoutMarks(text)}
      </p>
    </li>
  );
}

function whyOf(template: Template, status: string): string[] {
  const { templates } = words;
  const { rejectedReason, previousCategory, correctCategory, category, definition } = template;
  const named = (code: string) => templates.categories[code] ?? code;
  return [
    status === 'REJECTED' ? (templates.rejected[rejectedReason ?? ''] ?? templates.rejectedOther) : null,
    templates.statusWhy[status] ?? null,
    previousCategory !== null && previousCategory !== category
      ? templates.moved(named(previousCategory))
      : null,
    correctCategory !== null && correctCategory !== category
      ? templates.willMove(named(correctCategory))
      : null,
    definition.unknown.length > 0 ? templates.notFromHere : null,
  ].filter((why) => why !== null);
}
