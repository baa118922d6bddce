// SPDX-License-Identifier: Apache-2.0

/// An HTTP client, in straight-line code: ask, and read the answer.
///
/// Reading order: [tulip.http.client.HttpSession] sends [tulip.http.client.ClientRequest]s, whose
/// bodies are [tulip.http.client.Payload]s, and returns [tulip.http.client.ClientResponse]s;
/// [tulip.http.client.ClientOptions] says how.
///
/// Inside, from the outermost layer: `Redirections` with `Hops` (defaults, cookies, credentials),
/// the program's [tulip.http.client.ClientMiddleware], `HttpTransport` (connections), `Exchange`
/// (one request on one `Http1Connection`) with `Upload` and `NetworkBody` as its two directions.
package tulip.http.client;
