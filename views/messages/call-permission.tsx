/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { CallPermission } from '#src/messages/thread-message.ts';
import { Icon } from '../shared/icon.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';

type Props = { content: CallPermission; timeZone: string; children: ComponentChildren };

/** Whether the customer may be called, and until when. */
export const CallPermissionTile = ({ content, timeZone, children }: Props) => (
  <p class="choice">
    <Icon name="call" small />
    <b>{inWords(content)}</b>
    {content.isGranted && content.until !== undefined && !content.isPermanent ? (
      <>
        {' '}
        {words.message.callPermission.until} <LocalTime at={content.until} style="date" timeZone={timeZone} />
      </>
    ) : null}
    {content.isAutomatic ? <small>{words.message.callPermission.automatic}</small> : null}
    {children}
  </p>
);

function inWords({ isGranted, isPermanent }: CallPermission): string {
  const { granted, always, refused } = words.message.callPermission;
  if (!isGranted) {
    return refused;
  }
  return isPermanent ? always : granted;
}
