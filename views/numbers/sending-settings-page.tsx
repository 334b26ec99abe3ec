/** @jsxImportSource preact */
import type { NumberSending } from '#src/numbers/set-sending.ts';
import type { Person } from '../layouts/person.ts';
import { Settings } from '../layouts/settings.tsx';
import { Check } from '../shared/check.tsx';
import { ErrorSummary } from '../shared/field.tsx';
import { Said } from '../shared/said.tsx';
import { words } from '../words/words.ts';

type Props = {
  viewer: Person;
  account: { name: string; timeZone: string };
  number: Omit<NumberSending, 'readReceipts'> & { readReceipts: string };
  done: boolean;
  errors: Record<string, string>;
};

const says = words.sending.settings;
const policies = ['opened', 'answered', 'never'] as const;

/** What customers of a number learn besides what is written to them. */
export const SendingSettingsPage = ({ viewer, account, number, done, errors }: Props) => (
  <Settings
    place="numbers"
    person={viewer}
    account={account}
    lead={says.lead}
    below={{ title: says.link, href: `/numbers/${number.id}`, from: number.name }}
    icons={['okc']}
  >
    <Said text={done ? says.done : undefined} />
    <ErrorSummary errors={errors} />
    <form class="stack narrow" method="post" action={`/numbers/${number.id}/sending`}>
      <fieldset class="choices" id="receipts">
        <legend class="h">{says.receipts}</legend>
        {policies.map((policy) => (
          <Check
            key={policy}
            type="radio"
            name="receipts"
            value={policy}
            says={says.policies[policy]}
            isChecked={number.readReceipts === policy}
          />
        ))}
      </fieldset>
      <fieldset class="choices" id="typing">
        <legend class="h">{says.more}</legend>
        <Check name="typing" value="1" says={says.typing} isChecked={number.showsTyping} />
        <Check name="previews" value="1" says={says.previews} isChecked={number.hasPreviews} />
      </fieldset>
      <p class="bar">
        <button class="btn btn--primary" type="submit">
          {says.save}
        </button>
      </p>
    </form>
  </Settings>
);
