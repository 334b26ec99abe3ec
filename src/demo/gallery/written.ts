import audio from '#src/whatsapp/bodies/sending/audio.json';
import contacts from '#src/whatsapp/bodies/sending/contacts.json';
import document from '#src/whatsapp/bodies/sending/document.json';
import image from '#src/whatsapp/bodies/sending/image.json';
import interactiveButton from '#src/whatsapp/bodies/sending/interactive-button.json';
import interactiveButtonImage from '#src/whatsapp/bodies/sending/interactive-button-image.json';
import interactiveButtonVideo from '#src/whatsapp/bodies/sending/interactive-button-video.json';
import interactiveContactRequest from '#src/whatsapp/bodies/sending/interactive-contact-request.json';
import interactiveCtaUrl from '#src/whatsapp/bodies/sending/interactive-cta-url.json';
import interactiveCtaUrlDocument from '#src/whatsapp/bodies/sending/interactive-cta-url-document.json';
import interactiveList from '#src/whatsapp/bodies/sending/interactive-list.json';
import interactiveLocationRequest from '#src/whatsapp/bodies/sending/interactive-location-request.json';
import location from '#src/whatsapp/bodies/sending/location.json';
import sticker from '#src/whatsapp/bodies/sending/sticker.json';
import templateCarousel from '#src/whatsapp/bodies/sending/template-carousel.json';
import templateCode from '#src/whatsapp/bodies/sending/template-code.json';
import templateDocument from '#src/whatsapp/bodies/sending/template-document.json';
import templateFlow from '#src/whatsapp/bodies/sending/template-flow.json';
import templateNamed from '#src/whatsapp/bodies/sending/template-named.json';
import templateOffer from '#src/whatsapp/bodies/sending/template-offer.json';
import templatePlace from '#src/whatsapp/bodies/sending/template-place.json';
import templatePlain from '#src/whatsapp/bodies/sending/template-plain.json';
import templateReplies from '#src/whatsapp/bodies/sending/template-replies.json';
import text from '#src/whatsapp/bodies/sending/text.json';
import textQuoting from '#src/whatsapp/bodies/sending/text-quoting.json';
import textWithPreview from '#src/whatsapp/bodies/sending/text-with-preview.json';
import video from '#src/whatsapp/bodies/sending/video.json';
import voiceNote from '#src/whatsapp/bodies/sending/voice-note.json';

/** What is sent, a message of every kind. */
export const written = [
  text,
  textWithPreview,
  textQuoting,
  image,
  video,
  audio,
  voiceNote,
  document,
  sticker,
  location,
  contacts,
  interactiveButton,
  interactiveButtonImage,
  interactiveButtonVideo,
  interactiveList,
  interactiveCtaUrl,
  interactiveCtaUrlDocument,
  interactiveLocationRequest,
  interactiveContactRequest,
  templateReplies,
  templateNamed,
  templatePlace,
  templatePlain,
  templateDocument,
  templateOffer,
  templateCarousel,
  templateFlow,
  templateCode,
].map((message) => message as Record<string, unknown> & { type: string });
