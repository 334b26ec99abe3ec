/** @jsxImportSource preact */
import type { SendingPreview } from '#src/messages/sending-preview.ts';
import { InteractiveTile } from '../messages/interactive-tile.tsx';
import { words } from '../words/words.ts';

type Props = { shown: SendingPreview; name: string };

const OURS = { direction: 'out', author: { kind: 'person', id: null, name: '' } } as const;

/** The bubble, as the customer will see it. */
export const Preview = ({ shown: { text, content, files }, name }: Props) => (
  <section class="seen" aria-labelledby="preview">
    <h2 class="h" id="preview">
      {words.templates.theirView(name)}
    </h2>
    <div class="msg msg--out">
      <div class="bubble">
        <InteractiveTile content={content} message={{ ...OURS, text, files }} />
      </div>
    </div>
  </section>
);
