/** @jsxImportSource preact */
import { sendingKinds } from '#src/messages/sending-form.ts';
import type { ThreadMessage } from '#src/messages/thread-message.ts';
import { sendingPath } from '../sending/path.ts';
import { Icon } from '../shared/icon.tsx';
import { words } from '../words/words.ts';
import { PickTemplate } from './pick-template.tsx';
import type { ViewName } from './view.ts';

type Props = {
  id: number;
  view: ViewName;
  quoting: ThreadMessage['quoted'];
  /** Whether WhatsApp is to show what the first link leads to. */
  hasPreview: boolean;
};

/** In the composer's form: the page of each other kind of message, and how this one is sent. */
export const MoreToSend = ({ id, view, quoting, hasPreview }: Props) => (
  <details class="menu menu--up menu--start">
    <summary class="btn btn--quiet btn--icon">
      <Icon name="more" />
      <span class="vh">{words.sending.menu}</span>
    </summary>
    <div class="pop">
      <label>
        <input type="checkbox" name="preview" value="1" checked={hasPreview} /> {words.sending.preview}
      </label>
      <PickTemplate conversationId={id} view={view} isInMenu />
      {sendingKinds.map((kind) => (
        <a key={kind} href={`${sendingPath(id, kind)}?back=${view}${quoteOf(quoting)}`}>
          {words.sending.kinds[kind]}
        </a>
      ))}
    </div>
  </details>
);

/** Without it, the page takes what the draft answers. */
const quoteOf = (quoting: Props['quoting']) => (quoting?.id == null ? '' : `&quote=${quoting.id}`);
