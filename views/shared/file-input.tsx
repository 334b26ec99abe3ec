/** @jsxImportSource preact */
import type { InputHTMLAttributes } from 'preact';
import { FILE, KEPT, KEPT_NAME } from '#src/templates/form-names.ts';
import { words } from '../words/words.ts';

type Props = Pick<InputHTMLAttributes, 'id' | 'accept' | 'required' | 'aria-invalid' | 'aria-describedby'> & {
  /** The key of the field. */
  field: string;
  kept: { id: number; name: string } | undefined;
};

/** A file to choose. One that is here already stands by its name, and goes unless another is chosen. */
export const FileInput = ({ field, kept, ...input }: Props) => (
  <>
    {kept ? (
      <p class="picker__kept">
        <input type="hidden" name={KEPT + field} value={kept.id} />
        <input type="hidden" name={KEPT_NAME + field} value={kept.name} />
        <b>
          <bdi>{kept.name}</bdi>
        </b>{' '}
        {words.files.replace}
      </p>
    ) : null}
    <input type="file" name={FILE + field} {...input} />
  </>
);
