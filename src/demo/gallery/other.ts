import callsConnect from '#src/whatsapp/bodies/fields/calls-connect.json';
import callsConnectOutgoing from '#src/whatsapp/bodies/fields/calls-connect-outgoing.json';
import callsStatusRejected from '#src/whatsapp/bodies/fields/calls-status-rejected.json';
import callsTerminateAnswered from '#src/whatsapp/bodies/fields/calls-terminate-answered.json';
import callsTerminateMissed from '#src/whatsapp/bodies/fields/calls-terminate-missed.json';
import messagingHandoversPassed from '#src/whatsapp/bodies/fields/messaging_handovers-passed.json';
import messagingHandoversTaken from '#src/whatsapp/bodies/fields/messaging_handovers-taken.json';
import smbMessageEchoesText from '#src/whatsapp/bodies/fields/smb_message_echoes-text.json';
import standbyEcho from '#src/whatsapp/bodies/fields/standby-echo.json';
import standbyMessage from '#src/whatsapp/bodies/fields/standby-message.json';
import userPreferencesResume from '#src/whatsapp/bodies/fields/user_preferences-resume.json';
import userPreferencesStop from '#src/whatsapp/bodies/fields/user_preferences-stop.json';

/** What else stands in conversations, by the field it comes in. */
export const other: { field: string; value: object }[] = [
  { field: 'calls', value: callsConnect },
  { field: 'calls', value: callsTerminateMissed },
  { field: 'calls', value: callsTerminateAnswered },
  { field: 'calls', value: callsConnectOutgoing },
  { field: 'calls', value: callsStatusRejected },
  { field: 'smb_message_echoes', value: smbMessageEchoesText },
  { field: 'standby', value: standbyMessage },
  { field: 'standby', value: standbyEcho },
  { field: 'messaging_handovers', value: messagingHandoversPassed },
  { field: 'messaging_handovers', value: messagingHandoversTaken },
  { field: 'user_preferences', value: userPreferencesStop },
  { field: 'user_preferences', value: userPreferencesResume },
];
