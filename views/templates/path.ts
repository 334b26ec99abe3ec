/** Where templates for a conversation are chosen, or one of them is filled in; `back` is the view to return to. */
export function pickerPath(conversationId: number, templateId?: string, back?: string): string {
  const path = `/conversations/${conversationId}/templates${templateId === undefined ? '' : `/${templateId}`}`;
  return back === undefined ? path : `${path}?back=${back}`;
}
