/** @jsxImportSource preact */
import type { TemplateField } from '#src/templates/field.ts';
import { VALUE } from '#src/templates/form-names.ts';
import { FileInput } from '../shared/file-input.tsx';
import { words } from '../words/words.ts';

type Props = {
  field: TemplateField;
  value: string | undefined;
  file: { id: number; name: string } | undefined;
  error: string | undefined;
};

const accepts = { image: 'image/jpeg,image/png', video: 'video/mp4,video/3gpp', document: undefined };

/** One thing to fill in, under a label of its own, with what Meta was shown as its sample. */
export function TemplateFieldInput({ field, value, file, error }: Props) {
  const { key, kind, media, sample, most } = field;
  const id = `field-${key.replaceAll('.', '-')}`;
  const hint = media === null ? null : words.templates.hints[media];
  const notes = [error === undefined ? '' : `${id}-wrong`, hint === null ? '' : `${id}-hint`];
  const common = {
    id,
    'aria-invalid': error === undefined ? undefined : ('true' as const),
    'aria-describedby': notes.filter(Boolean).join(' ') || undefined,
  };
  return (
    <div class="field">
      <label for={id}>{labelOf(field)}</label>
      {kind === 'file' && media !== null ? (
        <FileInput field={key} kept={file} accept={accepts[media]} required={!file} {...common} />
      ) : kind === 'moment' ? (
        <input type="datetime-local" name={VALUE + key} value={value ?? ''} required {...common} />
      ) : (
        <input
          type="text"
          name={VALUE + key}
          value={value ?? ''}
          required
          dir="auto"
          placeholder={sample ? words.templates.sample(sample) : undefined}
          list={field.part === 'body' && kind === 'words' ? 'template-names' : undefined}
          inputMode={kind === 'latitude' || kind === 'longitude' ? 'decimal' : undefined}
          data-most={most}
          {...common}
        />
      )}
      {error === undefined ? null : (
        <p class="wrong" id={`${id}-wrong`}>
          {error}
        </p>
      )}
      {hint === null ? null : <p id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}

function labelOf(field: TemplateField) {
  const { card } = field;
  return (
    <>
      {card === null ? null : `${words.templates.fields.card(card + 1)}: `}
      <Own field={field} />
    </>
  );
}

function Own({ field }: { field: TemplateField }) {
  const { kind, part, name, button, media } = field;
  const { fields } = words.templates;
  if (media !== null) {
    return <>{fields[media]}</>;
  } else if (kind === 'latitude' || kind === 'longitude') {
    return <>{fields[kind]}</>;
  } else if (kind === 'moment') {
    return <>{fields.ends}</>;
  } else if (kind === 'code') {
    return <>{part === 'button' ? fields.couponCode : fields.code}</>;
  } else if (kind === 'suffix') {
    return <>{fields.suffix(button)}</>;
  } else if (part === 'header' && (name === 'name' || name === 'address')) {
    return <>{name === 'name' ? fields.placeName : fields.placeAddress}</>;
  }
  return (
    <>
      {part === 'header' ? fields.header : isCounted(name) ? fields.value : spelled(name)}{' '}
      <small class="mono">{`{{${name}}}`}</small>
    </>
  );
}

const isCounted = (name: string): boolean => /^\d+$/.test(name);

/** `quote_number` is “Quote number”. */
const spelled = (name: string): string => {
  const text = name.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};
