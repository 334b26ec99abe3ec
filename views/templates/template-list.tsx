/** @jsxImportSource preact */
import type { ConversationSummary } from '#src/conversations/summary.ts';
import { assetUrl } from '#src/http/assets.ts';
import type { Asked, Choices } from '#src/templates/choose.ts';
import { withoutMarks } from '../messages/markup.tsx';
import { Icon } from '../shared/icon.tsx';
import { words } from '../words/words.ts';
import { Choose, categoryOptions, languageOptions, SearchField } from './find-fields.tsx';
import { languageName } from './language.ts';
import { pickerPath } from './path.ts';

export type PickerListProps = {
  row: ConversationSummary;
  back: string | undefined;
  asked: Asked;
  choices: Choices;
  /** What was just done. */
  said?: string | undefined;
};

/** What may be sent to this customer, to be searched and chosen from. */
export const PickerList = ({ row, back, asked, choices, said }: PickerListProps) => (
  <div
    class="picker__list"
    data-style={assetUrl('picker.css')}
    data-close={words.templates.close}
    data-sent={words.templates.sent}
  >
    {said === undefined ? null : (
      <p class="picker__said" role="status">
        <Icon name="check" small />
        {said}
      </p>
    )}
    <form class="picker__find" method="get" action={`/conversations/${row.id}/templates`} data-find="">
      {back === undefined ? null : <input type="hidden" name="back" value={back} />}
      <SearchField value={asked.q} />
      <Choose
        name="language"
        label={words.templates.language}
        any={words.templates.anyLanguage}
        chosen={asked.language}
        options={languageOptions(choices.languages)}
      />
      <Choose
        name="category"
        label={words.templates.category}
        any={words.templates.anyCategory}
        chosen={asked.category}
        options={categoryOptions(choices.categories)}
      />
      <button class="btn" type="submit">
        {words.templates.filter}
      </button>
    </form>
    <PickerResults row={row} back={back} choices={choices} />
  </div>
);

/** Replaced while one types. */
const PickerResults = ({ row, back, choices }: Pick<PickerListProps, 'row' | 'back' | 'choices'>) => (
  <div class="picker__results" data-results="">
    {choices.shown.length === 0 ? (
      <p class="meta">{choices.total === 0 ? words.templates.pickerNone : words.templates.noneFound[1]}</p>
    ) : (
      <ul aria-label={words.templates.pickerFor}>
        {choices.shown.map(({ template, text }) => (
          <li key={template.id}>
            <a href={pickerPath(row.id, template.id, back)} data-pick="">
              <b>{template.name}</b>
              <small>
                {`${words.templates.categories[template.category] ?? template.category} · ${languageName(template.language)}`}
              </small>
              <span dir="auto">{withoutMarks(text.slice(0, 140))}</span>
            </a>
          </li>
        ))}
      </ul>
    )}
    {choices.more === 0 ? null : <p class="meta">{words.templates.more(choices.more)}</p>}
  </div>
);
