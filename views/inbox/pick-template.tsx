/** @jsxImportSource preact */
import { assetUrl } from '#src/http/assets.ts';
import { Icon } from '../shared/icon.tsx';
import { pickerPath } from '../templates/path.ts';
import { words } from '../words/words.ts';
import type { ViewName } from './view.ts';

type Props = { conversationId: number; view: ViewName; isSmall?: boolean };

/** Leads to the templates that can be sent here; the script that shows them in place is loaded with the first press. */
export const PickTemplate = ({ conversationId, view, isSmall = false }: Props) => (
  <a
    class={isSmall ? 'btn btn--quiet btn--icon' : 'btn btn--primary'}
    href={pickerPath(conversationId, undefined, view)}
    data-picker={assetUrl('picker.js')}
    data-style={assetUrl('picker.css')}
  >
    <Icon name={isSmall ? 'box' : 'send'} small={!isSmall} />
    {isSmall ? <span class="vh">{words.templates.choose}</span> : words.templates.choose}
  </a>
);
