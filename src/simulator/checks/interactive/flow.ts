import { asObject, type Fields, onlyKeys, optionalText, requireOneOf, requireText } from '../../fields.ts';
import { invalidParameter, missingParameter } from '../../graph-error.ts';
import { checkNamedAction, checkParts } from './parts.ts';

const PARAMETERS = [
  'flow_message_version',
  'flow_id',
  'flow_name',
  'flow_cta',
  'flow_token',
  'mode',
  'flow_action',
  'flow_action_payload',
];

export function checkFlow(interactive: Fields): void {
  const headers = ['text', 'image', 'video', 'document'] as const;
  const parameters = checkNamedAction(checkParts(interactive, { body: 1024, headers, footer: true }), 'flow');
  const path = 'interactive.action.parameters';
  onlyKeys(parameters, path, PARAMETERS);
  requireOneOf(parameters, 'flow_message_version', path, ['3']);
  requireText(parameters, 'flow_cta', path, { max: 30 });
  optionalText(parameters, 'flow_id', path);
  optionalText(parameters, 'flow_name', path);
  optionalText(parameters, 'flow_token', path);
  if (parameters.flow_id === undefined && parameters.flow_name === undefined) {
    throw missingParameter(`${path}.flow_id`);
  }
  if (parameters.flow_id !== undefined && parameters.flow_name !== undefined) {
    throw invalidParameter(`${path} has both a flow_id and a flow_name; give one of them.`);
  }
  if (parameters.mode !== undefined) {
    requireOneOf(parameters, 'mode', path, ['draft', 'published']);
  }
  if (parameters.flow_action !== undefined) {
    requireOneOf(parameters, 'flow_action', path, ['navigate', 'data_exchange']);
  }
  if (parameters.flow_action_payload !== undefined) {
    const payload = asObject(parameters.flow_action_payload, `${path}.flow_action_payload`);
    onlyKeys(payload, `${path}.flow_action_payload`, ['screen', 'data']);
    requireText(payload, 'screen', `${path}.flow_action_payload`);
  }
}
