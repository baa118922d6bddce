// SPDX-License-Identifier: Apache-2.0

/// Sessions: what an application remembers of each of its users from request to request.
///
/// [tulip.http.session.Sessions] is the layer, [tulip.http.session.Session] what handlers see. A
/// [tulip.http.session.SessionStore] keeps them: in the cookie itself, signed or encrypted, in
/// memory, or in a database.
package tulip.http.session;
