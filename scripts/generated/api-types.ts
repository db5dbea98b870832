import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { fromRoutes } from './routed-app.ts';

/** The types of all requests and answers of the HTTP side, as the console's client reads them. */
export async function apiTypes(): Promise<string> {
  const document = await fromRoutes(async (app) => (await app.inject('/api/v1/openapi.json')).json<OpenAPI3>());
  const tree = await openapiTS(document, { alphabetize: true });
  return `// Made by scripts/generate.ts from the routes of services/dispatch.\n${astToString(tree)}`;
}
