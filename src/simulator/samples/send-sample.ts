import type { Customer, WriteOptions } from '../customers.ts';
import { type SampleName, sample } from './samples.ts';

type Options = WriteOptions & { caption?: string | undefined };

/** Sends a sample as this customer: the sound as a voice note. Resolves with the wamid. */
export async function sendSample(
  customer: Customer,
  phoneNumberId: string,
  name: SampleName,
  { caption, ...options }: Options = {},
): Promise<string> {
  const file = await sample(name);
  const more = { voice: file.type === 'audio', ...(caption === undefined ? {} : { caption }) };
  return customer.sendFile(phoneNumberId, { ...file, ...more }, options);
}
