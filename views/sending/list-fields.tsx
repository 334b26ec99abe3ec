/** @jsxImportSource preact */
import { LIMITS } from '#src/whatsapp/outgoing-limits.ts';
import { words } from '../words/words.ts';
import { type FieldsProps, Named } from './fields.tsx';

const says = words.sending.fields;
/** As many rows stand there at once; the others are folded. */
const SHOWN = 3;

const rowsFrom = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** Up to ten rows; those left empty are left out. */
export const ListFields = (props: FieldsProps) => {
  const isUsed = rowsFrom(SHOWN + 1, LIMITS.rows).some((place) =>
    ['row', 'description', 'section'].some((part) => props.values[`${part}${place}`]),
  );
  return (
    <>
      {rowsFrom(1, SHOWN).map((place) => (
        <Row key={place} {...props} place={place} />
      ))}
      <details class="rest" open={isUsed}>
        <summary>{says.moreRows}</summary>
        <div class="stack sending__rows">
          {rowsFrom(SHOWN + 1, LIMITS.rows).map((place) => (
            <Row key={place} {...props} place={place} />
          ))}
        </div>
      </details>
    </>
  );
};

const Row = ({ place, ...props }: FieldsProps & { place: number }) => (
  <fieldset class="sending__pair">
    <legend class="h">{says.row(place)}</legend>
    <Named
      {...props}
      name={`row${place}`}
      label={says.rowTitle}
      most={LIMITS.rowTitle}
      isOptional={place > 1}
    />
    <Named
      {...props}
      name={`description${place}`}
      label={says.rowDescription}
      most={LIMITS.rowDescription}
      isOptional
    />
    <Named
      {...props}
      name={`section${place}`}
      label={says.sectionTitle}
      most={LIMITS.sectionTitle}
      isOptional
    />
  </fieldset>
);
