import { type Fields, isObject } from '../fields.ts';
import { GraphError } from '../graph-error.ts';

export function partOf(components: Fields[], type: string): Fields | null {
  return components.find((one) => String(one.type).toUpperCase() === type) ?? null;
}

export function parametersOf(component: Fields): Fields[] {
  return Array.isArray(component.parameters) ? component.parameters.filter(isObject) : [];
}

export function countMismatch(part: string, given: number, expected: number): GraphError {
  return new GraphError(
    400,
    132000,
    '(#132000) Number of parameters does not match the expected number of params',
    {
      details: `${part}: number of localizable_params (${given}) does not match the expected number of params (${expected})`,
    },
  );
}

export function formatMismatch(details: string): GraphError {
  return new GraphError(
    400,
    132012,
    '(#132012) Parameter format does not match format in the created template',
    { details },
  );
}

export function wrongParameters(details: string): GraphError {
  return new GraphError(400, 132018, '(#132018) There is an issue with the parameters in your template', {
    details,
  });
}
