import addressReply from '#src/whatsapp/bodies/messages/address-reply.json';
import audio from '#src/whatsapp/bodies/messages/audio.json';
import button from '#src/whatsapp/bodies/messages/button.json';
import buttonReply from '#src/whatsapp/bodies/messages/button-reply.json';
import callPermissionGranted from '#src/whatsapp/bodies/messages/call-permission-granted.json';
import callPermissionRefused from '#src/whatsapp/bodies/messages/call-permission-refused.json';
import contacts from '#src/whatsapp/bodies/messages/contacts.json';
import contactsRequested from '#src/whatsapp/bodies/messages/contacts-requested.json';
import document from '#src/whatsapp/bodies/messages/document.json';
import edit from '#src/whatsapp/bodies/messages/edit.json';
import editCaption from '#src/whatsapp/bodies/messages/edit-caption.json';
import flowReply from '#src/whatsapp/bodies/messages/flow-reply.json';
import flowReplyInvalid from '#src/whatsapp/bodies/messages/flow-reply-invalid.json';
import image from '#src/whatsapp/bodies/messages/image.json';
import imageFromPost from '#src/whatsapp/bodies/messages/image-from-post.json';
import interactiveWithoutBody from '#src/whatsapp/bodies/messages/interactive-without-body.json';
import listReply from '#src/whatsapp/bodies/messages/list-reply.json';
import location from '#src/whatsapp/bodies/messages/location.json';
import order from '#src/whatsapp/bodies/messages/order.json';
import reaction from '#src/whatsapp/bodies/messages/reaction.json';
import revoke from '#src/whatsapp/bodies/messages/revoke.json';
import sticker from '#src/whatsapp/bodies/messages/sticker.json';
import text from '#src/whatsapp/bodies/messages/text.json';
import textForwarded from '#src/whatsapp/bodies/messages/text-forwarded.json';
import textForwardedOften from '#src/whatsapp/bodies/messages/text-forwarded-often.json';
import textFromAd from '#src/whatsapp/bodies/messages/text-from-ad.json';
import textInGroup from '#src/whatsapp/bodies/messages/text-in-group.json';
import textProductInquiry from '#src/whatsapp/bodies/messages/text-product-inquiry.json';
import textQuoting from '#src/whatsapp/bodies/messages/text-quoting.json';
import textQuotingUnknown from '#src/whatsapp/bodies/messages/text-quoting-unknown.json';
import unknown from '#src/whatsapp/bodies/messages/unknown.json';
import unsupported from '#src/whatsapp/bodies/messages/unsupported.json';
import unsupportedEdit from '#src/whatsapp/bodies/messages/unsupported-edit.json';
import unsupportedPoll from '#src/whatsapp/bodies/messages/unsupported-poll.json';
import unsupportedTooBig from '#src/whatsapp/bodies/messages/unsupported-too-big.json';
import unsupportedViewOnce from '#src/whatsapp/bodies/messages/unsupported-view-once.json';
import video from '#src/whatsapp/bodies/messages/video.json';
import voiceNote from '#src/whatsapp/bodies/messages/voice-note.json';

/** What customers send, a message of every kind, in the order in which it makes sense. */
export const heard = [
  text,
  textQuoting,
  textQuotingUnknown,
  textForwarded,
  textForwardedOften,
  textProductInquiry,
  textFromAd,
  imageFromPost,
  image,
  video,
  audio,
  voiceNote,
  document,
  sticker,
  location,
  contacts,
  contactsRequested,
  button,
  buttonReply,
  listReply,
  flowReply,
  flowReplyInvalid,
  addressReply,
  callPermissionGranted,
  callPermissionRefused,
  order,
  textInGroup,
  interactiveWithoutBody,
  unsupported,
  unsupportedPoll,
  unsupportedViewOnce,
  unsupportedEdit,
  unsupportedTooBig,
  unknown,
  edit,
  editCaption,
  revoke,
  reaction,
].map(({ messages: [message] }) => message as Record<string, unknown> & { id: string; type: string });
