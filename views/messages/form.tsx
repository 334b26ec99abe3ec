/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { MessageContent } from '#src/messages/thread-message.ts';
import { words } from '../words/words.ts';
import { MessageText } from './message-text.tsx';

type Form = Extract<MessageContent, { kind: 'form' }>;

/** What a customer filled in: questions and answers; text where it came as nothing else. */
export const FormTile = ({
  content: { answers },
  text,
  children,
}: {
  content: Form;
  text: string;
  children: ComponentChildren;
}) => (
  <>
    <p class="tile__title">{words.message.form}</p>
    {answers.length === 0 ? (
      <MessageText text={text}>{children}</MessageText>
    ) : (
      <>
        <table class="tile__table">
          <thead class="vh">
            <tr>
              <th scope="col">{words.message.question}</th>
              <th scope="col">{words.message.answer}</th>
            </tr>
          </thead>
          <tbody>
            {answers.map(({ label, value }, index) => (
              <tr key={index}>
                <th scope="row" dir="auto">
                  {label}
                </th>
                <td dir="auto">{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {children}
      </>
    )}
  </>
);
