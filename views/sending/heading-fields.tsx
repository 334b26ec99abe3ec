/** @jsxImportSource preact */
import { sendLimits } from '#src/attachments/send-limits.ts';
import { HEADING, headingFileIn, headingIn, headings } from '#src/messages/sending-heading.ts';
import { FILE } from '#src/templates/form-names.ts';
import { LIMITS } from '#src/whatsapp/outgoing-limits.ts';
import { Check } from '../shared/check.tsx';
import { FileInput } from '../shared/file-input.tsx';
import { words } from '../words/words.ts';
import { type FieldsProps, Named } from './fields.tsx';

const says = words.sending.fields;
const { image, video, document } = sendLimits;
const accept = [image, video, document].flatMap(({ mimes }) => mimes).join(',');

/** What stands above the text: nothing, words or a file. CSS hides the field of what is not chosen. */
export const HeadingFields = (props: FieldsProps) => {
  const chosen = headingIn(props.values);
  return (
    <div class="heading">
      <fieldset class="choices">
        <legend>{says.header}</legend>
        {headings.map((heading) => (
          <Check
            key={heading}
            type="radio"
            name="heading"
            value={heading}
            says={[says.headings[heading]]}
            isChecked={heading === chosen}
          />
        ))}
      </fieldset>
      <div class="heading__text">
        <Named {...props} name="header" label={says.headingText} most={LIMITS.header} isOptional />
      </div>
      <FileField {...props} />
    </div>
  );
};

/** Named as its errors name it, so that a summary of them leads here. */
const ID = FILE + HEADING;

function FileField({ values, errors }: FieldsProps) {
  const wrong = errors[ID];
  return (
    <div class="field heading__file">
      <label for={ID}>{says.headingFile}</label>
      <FileInput
        field={HEADING}
        kept={headingFileIn(values)}
        id={ID}
        accept={accept}
        aria-invalid={wrong === undefined ? undefined : 'true'}
        aria-describedby={wrong === undefined ? `${ID}-help` : `${ID}-wrong ${ID}-help`}
      />
      {wrong === undefined ? null : (
        <p class="wrong" id={`${ID}-wrong`}>
          {wrong}
        </p>
      )}
      <p id={`${ID}-help`}>{says.headingFileHelp}</p>
    </div>
  );
}
