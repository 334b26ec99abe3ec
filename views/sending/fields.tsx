/** @jsxImportSource preact */
import { BODY_LIMITS, canBeginWithFile, LIMITS } from '#src/whatsapp/outgoing-limits.ts';
import { Field } from '../shared/field.tsx';
import { words } from '../words/words.ts';
import { HeadingFields } from './heading-fields.tsx';
import { ListFields } from './list-fields.tsx';
import type { SendingProps } from './sending-page.tsx';

const says = words.sending.fields;

export type FieldsProps = Pick<SendingProps, 'kind' | 'values' | 'errors'>;

/** What a message of this kind holds. */
export function SendingFields(props: FieldsProps) {
  switch (props.kind) {
    case 'location':
      return <PlaceFields {...props} />;
    case 'contacts':
      return <CardFields {...props} />;
    case 'button':
      return (
        <Framed {...props} most={BODY_LIMITS.button}>
          {[1, 2, 3].map((place) => (
            <Named
              key={place}
              {...props}
              name={`button${place}`}
              label={says.buttonTitle(place)}
              most={LIMITS.buttonTitle}
              isOptional={place > 1}
            />
          ))}
        </Framed>
      );
    case 'list':
      return (
        <Framed {...props} most={BODY_LIMITS.list}>
          <Named {...props} name="listButton" label={says.listButton} most={LIMITS.listButton} />
          <ListFields {...props} />
        </Framed>
      );
    case 'cta_url':
      return (
        <Framed {...props} most={BODY_LIMITS.cta_url}>
          <Named {...props} name="linkLabel" label={says.linkLabel} most={LIMITS.linkLabel} />
          <Named {...props} name="url" label={says.url} most={LIMITS.url} placeholder="https://" />
        </Framed>
      );
    default:
      return <TextField {...props} most={BODY_LIMITS[props.kind]} />;
  }
}

type NamedProps = Pick<FieldsProps, 'values' | 'errors'> & {
  name: string;
  label: string;
  most?: number;
  isOptional?: boolean;
  placeholder?: string;
};

/** One line, with the limit where it is short enough to be met. */
export const Named = ({ values, errors, name, label, most, isOptional = false, placeholder }: NamedProps) => (
  <Field
    name={name}
    label={label}
    value={values[name]}
    error={errors[name]}
    isOptional={isOptional}
    {...(most === undefined ? {} : { maxlength: most })}
    {...(most !== undefined && most < 100 ? { help: words.sending.atMost(most) } : {})}
    {...(placeholder === undefined ? {} : { placeholder })}
  />
);

function TextField({ values, errors, most }: FieldsProps & { most: number }) {
  const wrong = errors.text;
  return (
    <div class="field">
      <label for="text">{says.text}</label>
      <textarea
        id="text"
        name="text"
        required
        maxLength={most}
        dir="auto"
        aria-invalid={wrong === undefined ? undefined : 'true'}
        aria-describedby={wrong === undefined ? 'text-help' : 'text-wrong text-help'}
      >
        {values.text}
      </textarea>
      {wrong === undefined ? null : (
        <p class="wrong" id="text-wrong">
          {wrong}
        </p>
      )}
      <p id="text-help">{words.sending.atMost(most)}</p>
    </div>
  );
}

type FramedProps = FieldsProps & { most: number; children: preact.ComponentChildren };

/** The text, what the kind adds, and what may stand above and below it. */
const Framed = ({ children, ...props }: FramedProps) => (
  <>
    <TextField {...props} />
    {children}
    {canBeginWithFile(props.kind) ? (
      <HeadingFields {...props} />
    ) : (
      <Named {...props} name="header" label={says.header} most={LIMITS.header} isOptional />
    )}
    <Named {...props} name="footer" label={says.footer} most={LIMITS.footer} isOptional />
  </>
);

const PlaceFields = (props: FieldsProps) => (
  <>
    <div class="sending__pair">
      <Named {...props} name="latitude" label={says.latitude} placeholder="-17.8292" />
      <Named {...props} name="longitude" label={says.longitude} placeholder="31.0522" />
    </div>
    <Named {...props} name="placeName" label={says.placeName} most={LIMITS.place} isOptional />
    <Named {...props} name="address" label={says.address} most={LIMITS.place} isOptional />
  </>
);

const CardFields = (props: FieldsProps) => (
  <>
    <input type="hidden" name="contactWaId" value={props.values.contactWaId ?? ''} />
    <Named {...props} name="contactName" label={says.contactName} most={LIMITS.place} />
    <Named {...props} name="contactPhone" label={says.contactPhone} isOptional />
    <Named {...props} name="contactEmail" label={says.contactEmail} isOptional />
    <Named {...props} name="contactCompany" label={says.contactCompany} isOptional />
  </>
);
