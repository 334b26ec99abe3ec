/** @jsxImportSource preact */

type Props = {
  name: string;
  value: string;
  /** What it is called, and what it means. */
  says: readonly string[];
  isChecked: boolean;
  type?: 'checkbox' | 'radio';
  isDisabled?: boolean;
};

/** One of the choices in a `fieldset.choices`. */
export const Check = ({ name, value, says, isChecked, type = 'checkbox', isDisabled = false }: Props) => (
  <label>
    <input type={type} name={name} value={value} checked={isChecked} disabled={isDisabled} />
    <span>
      <bdi>{says[0]}</bdi>
      {says[1] === undefined ? null : <small>{says[1]}</small>}
    </span>
  </label>
);
