/** @jsxImportSource preact */
import type { ConversationSummary } from '#src/conversations/summary.ts';
import type { ShownTemplate } from '#src/templates/content.ts';
import { fieldsOf } from '#src/templates/field.ts';
import type { FormValues } from '#src/templates/form.ts';
import type { Template } from '#src/templates/template.ts';
import { Icon } from '../shared/icon.tsx';
import { calledName } from '../shared/name.tsx';
import { words } from '../words/words.ts';
import { languageName } from './language.ts';
import { pickerPath } from './path.ts';
import { TemplateBubble } from './template-bubble.tsx';
import { TemplateFieldInput } from './template-field.tsx';

export type PickerFormProps = {
  row: ConversationSummary;
  back: string | undefined;
  template: Template;
  values: FormValues;
  /** By the field's key; '' is about the whole. */
  errors: Readonly<Record<string, string>>;
  shown: ShownTemplate;
  /** Made once, sent again with every repeat. */
  messageKey: string;
  seenId: number;
};

/** One template with a field for everything it leaves open, and how it will look. */
export function PickerForm(props: PickerFormProps) {
  const { row, back, template, values, errors, shown, messageKey, seenId } = props;
  const name = calledName(row.contact.name);
  const fields = fieldsOf(template.definition);
  const hasFiles = fields.some(({ kind }) => kind === 'file');
  const whole = errors[''];
  return (
    <div class="picker__fill">
      <p class="picker__chosen">
        <a class="btn btn--quiet" href={pickerPath(row.id, undefined, back)} data-pick="">
          <Icon name="back" small />
          {words.templates.another}
        </a>
        <b>{template.name}</b>
        <small>{languageName(template.language)}</small>
      </p>
      {whole === undefined ? null : (
        <p class="wrong" role="alert" tabIndex={-1}>
          {whole}
        </p>
      )}
      <p class="wrong" role="alert" data-offline="" hidden>
        {words.templates.offline}
      </p>
      <form
        method="post"
        action={`${pickerPath(row.id, template.id)}/messages`}
        enctype={hasFiles ? 'multipart/form-data' : undefined}
        autocomplete="off"
        data-fill=""
      >
        <input type="hidden" name="back" value={back ?? ''} />
        <input type="hidden" name="key" value={messageKey} />
        <input type="hidden" name="seen" value={seenId} />
        {fields.map((field) => (
          <TemplateFieldInput
            key={field.key}
            field={field}
            value={values.texts.get(field.key)}
            file={values.files.get(field.key)}
            error={errors[field.key]}
          />
        ))}
        <datalist id="template-names">
          {namesOf(row.contact.name).map((one) => (
            <option key={one} value={one}>
              {words.templates.useName(name)}
            </option>
          ))}
        </datalist>
        <div class="picker__end">
          <p class="meta">
            {words.templates.costs[template.category] ?? words.templates.costOther}{' '}
            {words.templates.opens(name)}
          </p>
          {/* The first button is the one that Enter presses. */}
          <button class="btn btn--primary" type="submit">
            {words.templates.send}
            <Icon name="send" small />
          </button>
          {fields.length === 0 ? null : (
            <button
              class="btn btn--quiet"
              type="submit"
              formAction={`${pickerPath(row.id, template.id)}/preview`}
              formEncType="application/x-www-form-urlencoded"
              formNoValidate
              data-preview-button=""
            >
              {words.templates.preview}
            </button>
          )}
        </div>
      </form>
      <section class="picker__shown" aria-labelledby="template-preview">
        <h4 class="meta" id="template-preview">
          {words.templates.theirView(name)}
        </h4>
        <Preview shown={shown} />
      </section>
    </div>
  );
}

/** Replaced with every change. */
export const Preview = ({ shown }: { shown: ShownTemplate }) => (
  <div class="msg msg--out" data-preview="">
    <div class="bubble">
      <TemplateBubble shown={shown} />
    </div>
  </div>
);

/** The whole name, and the first part of it. */
const namesOf = (name: string): string[] => [...new Set([name.split(' ')[0] ?? name, name])].filter(Boolean);
