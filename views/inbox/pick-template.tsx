/** @jsxImportSource preact */
import { assetUrl } from '#src/http/assets.ts';
import { pickerPath } from '../templates/path.ts';
import { words } from '../words/words.ts';
import type { ViewName } from './view.ts';

type Props = { conversationId: number; view: ViewName; isInMenu?: boolean };

/** Leads to the templates that can be sent here; the script that shows them in place is loaded with the first press. */
export const PickTemplate = ({ conversationId, view, isInMenu = false }: Props) => (
  <a
    class={isInMenu ? undefined : 'btn btn--primary'}
    href={pickerPath(conversationId, undefined, view)}
    data-picker={assetUrl('picker.js')}
    data-style={assetUrl('picker.css')}
  >
    {isInMenu ? words.templates.chooseShort : words.templates.choose}
  </a>
);
