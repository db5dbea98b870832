// Made by scripts/generate.ts from the routes of services/dispatch.
export interface paths {
    "/api/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Roles: admin. */
        get: {
            parameters: {
                query?: {
                    /** @description nextCursor of the page before */
                    cursor?: string;
                    /** @description Items on a page */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                active: boolean;
                                id: string;
                                roles: string[];
                                stationIds: string[];
                                username: string;
                            }[];
                            nextCursor?: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** @description Roles: admin. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @default true */
                        active?: boolean;
                        password: string;
                        roles: ("operator" | "supervisor" | "installer" | "integrator" | "officer" | "admin")[];
                        /** @default [] */
                        stationIds?: string[];
                        username: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            active: boolean;
                            id: string;
                            roles: string[];
                            stationIds: string[];
                            username: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Roles: admin. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            active: boolean;
                            id: string;
                            roles: string[];
                            stationIds: string[];
                            username: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** @description Roles: admin. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @default true */
                        active?: boolean;
                        id?: string;
                        password?: string;
                        roles: ("operator" | "supervisor" | "installer" | "integrator" | "officer" | "admin")[];
                        /** @default [] */
                        stationIds?: string[];
                        username?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            active: boolean;
                            id: string;
                            roles: string[];
                            stationIds: string[];
                            username: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /** @description Roles: admin. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Roles: admin. */
        get: {
            parameters: {
                query?: {
                    /** @description nextCursor of the page before */
                    cursor?: string;
                    /** @description Items on a page */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                createdAt: string;
                                createdBy: string;
                                expiresAt?: string;
                                id: string;
                                lastUsedAt?: string;
                                name: string;
                                roles: string[];
                                scopes: string[];
                            }[];
                            nextCursor?: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** @description Roles: admin. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: date-time */
                        expiresAt?: string;
                        name: string;
                        roles: ("operator" | "supervisor" | "installer" | "integrator" | "officer" | "admin")[];
                        /**
                         * @description Narrows the key: read (GET), write (all else), signals (POST /signals). None: not narrowed
                         * @default []
                         */
                        scopes?: ("read" | "write" | "signals")[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            apiKey: {
                                createdAt: string;
                                createdBy: string;
                                expiresAt?: string;
                                id: string;
                                lastUsedAt?: string;
                                name: string;
                                roles: string[];
                                scopes: string[];
                            };
                            /** @description Shown once */
                            key: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** @description Roles: admin. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Roles: admin. */
        get: {
            parameters: {
                query?: {
                    /** @description nextCursor of the page before */
                    cursor?: string;
                    /** @description Items on a page */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                act: string;
                                at: string;
                                by: string;
                                data: {
                                    [key: string]: unknown;
                                };
                                hash: string;
                                seq: number;
                                subject: string;
                            }[];
                            nextCursor?: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Roles: admin. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            head?: {
                                hash: string;
                                seq: number;
                            };
                            length?: number;
                            ok: boolean;
                            reason?: string;
                            seq?: number;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/broadcasts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Roles: operator, supervisor, installer, integrator, admin. */
        get: {
            parameters: {
                query?: {
                    /** @description nextCursor of the page before */
                    cursor?: string;
                    incidentId?: string;
                    /** @description Items on a page */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                audioUrl?: string;
                                exercise: boolean;
                                expiresAt: string;
                                id: string;
                                incidentId?: string;
                                issuedAt: string;
                                /** @enum {string} */
                                lang: "zh" | "en";
                                /** @description An operator's microphone instead of words */
                                live: boolean;
                                phraseId?: string;
                                priority: number;
                                repeat: number;
                                requestedBy: string;
                                /**
                                 * @description Of the loudspeaker that is least far
                                 * @enum {string}
                                 */
                                state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                                targets: {
                                    deviceId: string;
                                    /** @description The loudspeaker that failed and that this one stands in for */
                                    insteadOf?: string;
                                    reason?: string;
                                    rungs: {
                                        at: string;
                                        deviceId?: string;
                                        /** @description What a microphone beside the loudspeaker made of the words */
                                        proof?: {
                                            /** @description 0 to 1 */
                                            confidence?: number;
                                            /** @description Why the microphone could not be asked */
                                            deaf?: string;
                                            delayMs?: number;
                                            /** @description The camera whose microphone listened */
                                            ear: string;
                                            /** @description Our sound against all else, dB */
                                            level?: number;
                                            /** @description Why our sound was not found, though the microphone worked */
                                            why?: string;
                                        };
                                        reason?: string;
                                        state: string;
                                    }[];
                                    /** @enum {string} */
                                    state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                                }[];
                                text?: string;
                                volume?: number;
                                zoneId?: string;
                            }[];
                            nextCursor?: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** @description Roles: operator, supervisor, admin. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Loudspeakers of its site and within 300 m */
                        cameraId?: string;
                        /** @enum {string} */
                        lang: "zh" | "en";
                        /**
                         * @description An operator speaks: connect to /broadcasts/{id}/talk within two minutes
                         * @enum {boolean}
                         */
                        live?: true;
                        loudspeakerIds?: string[];
                        near?: {
                            lat: number;
                            lon: number;
                            /** @description Metres */
                            radius: number;
                        };
                        phraseId?: string;
                        priority?: number;
                        /**
                         * @description How many times it is said
                         * @default 1
                         */
                        repeat?: number;
                        text?: string;
                        /** @description Percent; the loudspeaker keeps its own when absent */
                        volume?: number;
                        /** @description Every loudspeaker of the zone */
                        zoneId?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            audioUrl?: string;
                            exercise: boolean;
                            expiresAt: string;
                            id: string;
                            incidentId?: string;
                            issuedAt: string;
                            /** @enum {string} */
                            lang: "zh" | "en";
                            /** @description An operator's microphone instead of words */
                            live: boolean;
                            phraseId?: string;
                            priority: number;
                            repeat: number;
                            requestedBy: string;
                            /**
                             * @description Of the loudspeaker that is least far
                             * @enum {string}
                             */
                            state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                            targets: {
                                deviceId: string;
                                /** @description The loudspeaker that failed and that this one stands in for */
                                insteadOf?: string;
                                reason?: string;
                                rungs: {
                                    at: string;
                                    deviceId?: string;
                                    /** @description What a microphone beside the loudspeaker made of the words */
                                    proof?: {
                                        /** @description 0 to 1 */
                                        confidence?: number;
                                        /** @description Why the microphone could not be asked */
                                        deaf?: string;
                                        delayMs?: number;
                                        /** @description The camera whose microphone listened */
                                        ear: string;
                                        /** @description Our sound against all else, dB */
                                        level?: number;
                                        /** @description Why our sound was not found, though the microphone worked */
                                        why?: string;
                                    };
                                    reason?: string;
                                    state: string;
                                }[];
                                /** @enum {string} */
                                state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                            }[];
                            text?: string;
                            volume?: number;
                            zoneId?: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/broadcasts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Roles: operator, supervisor, installer, integrator, admin. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            audioUrl?: string;
                            exercise: boolean;
                            expiresAt: string;
                            id: string;
                            incidentId?: string;
                            issuedAt: string;
                            /** @enum {string} */
                            lang: "zh" | "en";
                            /** @description An operator's microphone instead of words */
                            live: boolean;
                            phraseId?: string;
                            priority: number;
                            repeat: number;
                            requestedBy: string;
                            /**
                             * @description Of the loudspeaker that is least far
                             * @enum {string}
                             */
                            state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                            targets: {
                                deviceId: string;
                                /** @description The loudspeaker that failed and that this one stands in for */
                                insteadOf?: string;
                                reason?: string;
                                rungs: {
                                    at: string;
                                    deviceId?: string;
                                    /** @description What a microphone beside the loudspeaker made of the words */
                                    proof?: {
                                        /** @description 0 to 1 */
                                        confidence?: number;
                                        /** @description Why the microphone could not be asked */
                                        deaf?: string;
                                        delayMs?: number;
                                        /** @description The camera whose microphone listened */
                                        ear: string;
                                        /** @description Our sound against all else, dB */
                                        level?: number;
                                        /** @description Why our sound was not found, though the microphone worked */
                                        why?: string;
                                    };
                                    reason?: string;
                                    state: string;
                                }[];
                                /** @enum {string} */
                                state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                            }[];
                            text?: string;
                            volume?: number;
                            zoneId?: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/broadcasts/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Roles: operator, supervisor, admin. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": Record<string, never> | null;
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            audioUrl?: string;
                            exercise: boolean;
                            expiresAt: string;
                            id: string;
                            incidentId?: string;
                            issuedAt: string;
                            /** @enum {string} */
                            lang: "zh" | "en";
                            /** @description An operator's microphone instead of words */
                            live: boolean;
                            /** @description Loudspeakers that could not be told to stop */
                            notStopped: {
                                deviceId: string;
                                reason: string;
                            }[];
                            phraseId?: string;
                            priority: number;
                            repeat: number;
                            requestedBy: string;
                            /**
                             * @description Of the loudspeaker that is least far
                             * @enum {string}
                             */
                            state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                            targets: {
                                deviceId: string;
                                /** @description The loudspeaker that failed and that this one stands in for */
                                insteadOf?: string;
                                reason?: string;
                                rungs: {
                                    at: string;
                                    deviceId?: string;
                                    /** @description What a microphone beside the loudspeaker made of the words */
                                    proof?: {
                                        /** @description 0 to 1 */
                                        confidence?: number;
                                        /** @description Why the microphone could not be asked */
                                        deaf?: string;
                                        delayMs?: number;
                                        /** @description The camera whose microphone listened */
                                        ear: string;
                                        /** @description Our sound against all else, dB */
                                        level?: number;
                                        /** @description Why our sound was not found, though the microphone worked */
                                        why?: string;
                                    };
                                    reason?: string;
                                    state: string;
                                }[];
                                /** @enum {string} */
                                state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                            }[];
                            text?: string;
                            volume?: number;
                            zoneId?: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/broadcasts/{id}/talk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Speak to the loudspeakers of a live broadcast (WebSocket)
         * @description Send sound as binary messages, then the text message `end` or close. JSON text messages tell of each loudspeaker: waiting, talking, ended. Three minutes at most; five seconds without sound end it. Roles: operator, supervisor, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description 8,000 samples a second, one channel: 16 bit little endian, or G.711 */
                    format?: "pcm" | "alaw" | "ulaw";
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{id}/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The picture as it moves (WebSocket)
         * @description Before each initialisation segment a JSON text message with codec, width and height; then binary messages of fragmented MP4. JSON messages of type trouble say what is wrong with the camera. Roles: operator, supervisor, installer, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{id}/presets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where the camera can be sent at once
         * @description Roles: operator, supervisor, installer, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                name: string;
                                token: string;
                            }[];
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{id}/ptz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who holds the camera
         * @description Roles: operator, supervisor, installer, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            lease?: {
                                holder: string;
                                incidentId?: string;
                                secondsLeft: number;
                                until: string;
                            };
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Turn the camera, and hold it for a minute
         * @description Roles: operator, supervisor, installer, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The incident that the camera is turned for: no call takes it away then */
                        incidentId?: string;
                        /** @description A move ends after this; 500 when not said */
                        milliseconds?: number;
                        /** @description Speed from -1 (left) to 1 (right) */
                        pan?: number;
                        /** @description Token of a preset: see /cameras/{id}/presets */
                        preset?: string;
                        /** @enum {boolean} */
                        stop?: true;
                        /** @description Speed from -1 (down) to 1 (up) */
                        tilt?: number;
                        /** @description Speed from -1 (out) to 1 (in) */
                        zoom?: number;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            holder: string;
                            incidentId?: string;
                            secondsLeft: number;
                            until: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Let go of the camera
         * @description Roles: operator, supervisor, installer, admin.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{id}/reference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take the picture as it is now for how the camera should look
         * @description One by day and one by night. Until then a camera is not judged to be moved, blurred or covered. Roles: installer, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description What the sun says when not given
                         * @enum {string}
                         */
                        light?: "day" | "night";
                    } | null;
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            at: string;
                            cameraId: string;
                            /** @enum {string} */
                            light: "day" | "night";
                            measures: {
                                [key: string]: number;
                            };
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{id}/relay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close or open an output of the camera, for example of a horn
         * @description Roles: operator, supervisor, installer, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        closed: boolean;
                        token: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            closed: boolean;
                            token: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{id}/snapshot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A picture as it is now (image/jpeg)
         * @description X-Picture-Via says how it was had (http, key-frame, rtsp), X-Picture-At when, Age how many seconds old it is. Roles: operator, supervisor, installer, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List devices */
        get: {
            parameters: {
                query?: {
                    /** @description nextCursor of the page before */
                    cursor?: string;
                    kind?: string;
                    /** @description Items on a page */
                    limit?: number;
                    siteId?: string;
                    stationId?: string;
                    unitId?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                driver: string;
                                exercise: boolean;
                                health: {
                                    [key: string]: unknown;
                                };
                                id: string;
                                /** @enum {string} */
                                kind: "key" | "camera" | "radio" | "loudspeaker";
                                lastSeenAt?: string;
                                /** @description WGS-84, degrees */
                                location?: {
                                    lat: number;
                                    lon: number;
                                };
                                name: string;
                                /** @description Place on a floor plan of its site: parts of the picture's width and height from the upper left corner */
                                plan?: {
                                    planId: string;
                                    x: number;
                                    y: number;
                                };
                                settings: {
                                    [key: string]: unknown;
                                };
                                siteId?: string;
                                /** @enum {string} */
                                state: "online" | "offline" | "unknown";
                                supervisionSeconds?: number;
                                /**
                                 * Format: date-time
                                 * @description Presses are tests until then; at most one hour ahead
                                 */
                                testUntil?: string;
                                unitId?: string;
                            }[];
                            nextCursor?: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Register a device
         * @description Roles: installer, supervisor, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        driver: string;
                        exercise?: boolean;
                        id?: string;
                        /** @enum {string} */
                        kind: "key" | "camera" | "radio" | "loudspeaker";
                        /** @description WGS-84, degrees */
                        location?: {
                            lat: number;
                            lon: number;
                        };
                        name: string;
                        /** @description Place on a floor plan of its site: parts of the picture's width and height from the upper left corner */
                        plan?: {
                            planId: string;
                            x: number;
                            y: number;
                        };
                        settings?: {
                            [key: string]: unknown;
                        };
                        siteId?: string;
                        supervisionSeconds?: number;
                        /**
                         * Format: date-time
                         * @description Presses are tests until then; at most one hour ahead
                         */
                        testUntil?: string;
                        unitId?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            device: {
                                driver: string;
                                exercise: boolean;
                                id: string;
                                /** @enum {string} */
                                kind: "key" | "camera" | "radio" | "loudspeaker";
                                /** @description WGS-84, degrees */
                                location?: {
                                    lat: number;
                                    lon: number;
                                };
                                name: string;
                                /** @description Place on a floor plan of its site: parts of the picture's width and height from the upper left corner */
                                plan?: {
                                    planId: string;
                                    x: number;
                                    y: number;
                                };
                                settings: {
                                    [key: string]: unknown;
                                };
                                siteId?: string;
                                supervisionSeconds?: number;
                                /**
                                 * Format: date-time
                                 * @description Presses are tests until then; at most one hour ahead
                                 */
                                testUntil?: string;
                                unitId?: string;
                            };
                            /** @description Shown this once */
                            secret: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of devices */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            driver: string;
                            exercise: boolean;
                            health: {
                                [key: string]: unknown;
                            };
                            id: string;
                            /** @enum {string} */
                            kind: "key" | "camera" | "radio" | "loudspeaker";
                            lastSeenAt?: string;
                            /** @description WGS-84, degrees */
                            location?: {
                                lat: number;
                                lon: number;
                            };
                            name: string;
                            /** @description Place on a floor plan of its site: parts of the picture's width and height from the upper left corner */
                            plan?: {
                                planId: string;
                                x: number;
                                y: number;
                            };
                            settings: {
                                [key: string]: unknown;
                            };
                            siteId?: string;
                            /** @enum {string} */
                            state: "online" | "offline" | "unknown";
                            supervisionSeconds?: number;
                            /**
                             * Format: date-time
                             * @description Presses are tests until then; at most one hour ahead
                             */
                            testUntil?: string;
                            unitId?: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Replace one of devices
         * @description Roles: installer, supervisor, admin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        driver: string;
                        exercise?: boolean;
                        id?: string;
                        /** @enum {string} */
                        kind: "key" | "camera" | "radio" | "loudspeaker";
                        /** @description WGS-84, degrees */
                        location?: {
                            lat: number;
                            lon: number;
                        };
                        name: string;
                        /** @description Place on a floor plan of its site: parts of the picture's width and height from the upper left corner */
                        plan?: {
                            planId: string;
                            x: number;
                            y: number;
                        };
                        settings?: {
                            [key: string]: unknown;
                        };
                        siteId?: string;
                        supervisionSeconds?: number;
                        /**
                         * Format: date-time
                         * @description Presses are tests until then; at most one hour ahead
                         */
                        testUntil?: string;
                        unitId?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            driver: string;
                            exercise: boolean;
                            health: {
                                [key: string]: unknown;
                            };
                            id: string;
                            /** @enum {string} */
                            kind: "key" | "camera" | "radio" | "loudspeaker";
                            lastSeenAt?: string;
                            /** @description WGS-84, degrees */
                            location?: {
                                lat: number;
                                lon: number;
                            };
                            name: string;
                            /** @description Place on a floor plan of its site: parts of the picture's width and height from the upper left corner */
                            plan?: {
                                planId: string;
                                x: number;
                                y: number;
                            };
                            settings: {
                                [key: string]: unknown;
                            };
                            siteId?: string;
                            /** @enum {string} */
                            state: "online" | "offline" | "unknown";
                            supervisionSeconds?: number;
                            /**
                             * Format: date-time
                             * @description Presses are tests until then; at most one hour ahead
                             */
                            testUntil?: string;
                            unitId?: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /**
         * Remove one of devices
         * @description Roles: installer, supervisor, admin.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{id}/doctor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The alarm doctor: why a device is silent, or would be when it is needed
         * @description Roles: operator, supervisor, installer, integrator, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Of the findings; the station's own when not said */
                    lang?: "zh" | "en";
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            at: string;
                            deviceId: string;
                            findings: {
                                /** @enum {string} */
                                code: "never-connected" | "wrong-password" | "wrong-name" | "wrong-driver" | "offline" | "silent" | "not-subscribed" | "wrong-topic" | "wrong-filter" | "unreadable" | "clock-off" | "stuck" | "watch-unreachable" | "watch-silent" | "watch-refused" | "watch-garbled" | "watch-busy" | "watch-unsupported" | "watch-misconfigured" | "not-watched" | "watch-lost" | "picture-fault" | "never-armed" | "test-due" | "driver-gone" | "settings-unfit" | "bridge-missing" | "bridge-unfit" | "bridge-offline" | "no-place" | "nobody-to-send" | "no-unit" | "no-route" | "no-ear" | "no-press" | "press-slow" | "battery-low" | "no-picture" | "no-stream" | "not-played" | "not-proved" | "not-delivered" | "carried-by-another" | "not-accepted" | "test-interrupted";
                                /** @description What the person on the spot should do */
                                do: string;
                                text: string;
                            }[];
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a camera publish its events to our broker by itself
         * @description Gives the camera a new secret, which only it is told; the old one stops. Its setting `events` says `published` for it to be heard that way. Roles: installer, supervisor, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Under which the camera reaches our broker */
                        address: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            address: string;
                            /** @description As the camera says, for example Connected */
                            status?: string;
                            topicPrefix: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a device a new secret; the old one stops
         * @description Roles: installer, supervisor, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            device: {
                                driver: string;
                                exercise: boolean;
                                id: string;
                                /** @enum {string} */
                                kind: "key" | "camera" | "radio" | "loudspeaker";
                                /** @description WGS-84, degrees */
                                location?: {
                                    lat: number;
                                    lon: number;
                                };
                                name: string;
                                /** @description Place on a floor plan of its site: parts of the picture's width and height from the upper left corner */
                                plan?: {
                                    planId: string;
                                    x: number;
                                    y: number;
                                };
                                settings: {
                                    [key: string]: unknown;
                                };
                                siteId?: string;
                                supervisionSeconds?: number;
                                /**
                                 * Format: date-time
                                 * @description Presses are tests until then; at most one hour ahead
                                 */
                                testUntil?: string;
                                unitId?: string;
                            };
                            /** @description Shown this once */
                            secret: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The walk test: press and wait, picture, sound or order, with what was measured
         * @description Answers when the test is over; each step comes on /stream as baiying.device-test.step.v1. A press in a walk test opens an exercise incident of kind walk-test that sends nobody, and is closed by the test. Roles: installer, supervisor, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        lang?: "zh" | "en";
                        /** @description What a loudspeaker says, or a radio shows */
                        text?: string;
                        /**
                         * @description How long a press, an answer or a report is waited for
                         * @default 60
                         */
                        waitSeconds?: number;
                    } | null;
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            at: string;
                            by: string;
                            deviceId: string;
                            endedAt?: string;
                            findings: {
                                /** @enum {string} */
                                code: "never-connected" | "wrong-password" | "wrong-name" | "wrong-driver" | "offline" | "silent" | "not-subscribed" | "wrong-topic" | "wrong-filter" | "unreadable" | "clock-off" | "stuck" | "watch-unreachable" | "watch-silent" | "watch-refused" | "watch-garbled" | "watch-busy" | "watch-unsupported" | "watch-misconfigured" | "not-watched" | "watch-lost" | "picture-fault" | "never-armed" | "test-due" | "driver-gone" | "settings-unfit" | "bridge-missing" | "bridge-unfit" | "bridge-offline" | "no-place" | "nobody-to-send" | "no-unit" | "no-route" | "no-ear" | "no-press" | "press-slow" | "battery-low" | "no-picture" | "no-stream" | "not-played" | "not-proved" | "not-delivered" | "carried-by-another" | "not-accepted" | "test-interrupted";
                                /** @description What the person on the spot should do */
                                do: string;
                                text: string;
                            }[];
                            id: string;
                            /** @enum {string} */
                            kind: "key" | "camera" | "radio" | "loudspeaker";
                            measured: {
                                [key: string]: unknown;
                            };
                            passed: boolean;
                            siteId?: string;
                            steps: {
                                at: string;
                                data?: {
                                    [key: string]: unknown;
                                };
                                step: string;
                            }[];
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{id}/tests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The walk tests of a device, newest first
         * @description Roles: operator, supervisor, installer, integrator, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description nextCursor of the page before */
                    cursor?: string;
                    /** @description Of the findings; the station's own when not said */
                    lang?: "zh" | "en";
                    /** @description Items on a page */
                    limit?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                at: string;
                                by: string;
                                deviceId: string;
                                endedAt?: string;
                                findings: {
                                    /** @enum {string} */
                                    code: "never-connected" | "wrong-password" | "wrong-name" | "wrong-driver" | "offline" | "silent" | "not-subscribed" | "wrong-topic" | "wrong-filter" | "unreadable" | "clock-off" | "stuck" | "watch-unreachable" | "watch-silent" | "watch-refused" | "watch-garbled" | "watch-busy" | "watch-unsupported" | "watch-misconfigured" | "not-watched" | "watch-lost" | "picture-fault" | "never-armed" | "test-due" | "driver-gone" | "settings-unfit" | "bridge-missing" | "bridge-unfit" | "bridge-offline" | "no-place" | "nobody-to-send" | "no-unit" | "no-route" | "no-ear" | "no-press" | "press-slow" | "battery-low" | "no-picture" | "no-stream" | "not-played" | "not-proved" | "not-delivered" | "carried-by-another" | "not-accepted" | "test-interrupted";
                                    /** @description What the person on the spot should do */
                                    do: string;
                                    text: string;
                                }[];
                                id: string;
                                /** @enum {string} */
                                kind: "key" | "camera" | "radio" | "loudspeaker";
                                measured: {
                                    [key: string]: unknown;
                                };
                                passed: boolean;
                                siteId?: string;
                                steps: {
                                    at: string;
                                    data?: {
                                        [key: string]: unknown;
                                    };
                                    step: string;
                                }[];
                            }[];
                            nextCursor?: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/discover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Search the network for devices (ONVIF WS-Discovery)
         * @description Answers when the time is over. Each device is an event baiying.device.found.v1 on /stream as soon as it answers. Roles: installer, supervisor, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        driver?: string;
                        /** @description Network interfaces by name; all that are up when absent */
                        interfaces?: string[];
                        /** @default 5 */
                        seconds?: number;
                    } | null;
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                addresses: string[];
                                /** @description It is registered already, as this */
                                deviceId?: string;
                                driver: string;
                                kind: string;
                                maker?: string;
                                model?: string;
                                name?: string;
                                /** @description The device's own lasting name */
                                urn: string;
                                /** @description The interface of ours that heard it */
                                via: string;
                            }[];
                            troubles: {
                                detail: string;
                                driver: string;
                            }[];
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sheet of all devices (text/csv) */
        get: {
            parameters: {
                query?: {
                    /** @description gb18030 for spreadsheets in Chinese that know no UTF-8; the import takes both */
                    encoding?: "utf-8" | "gb18030";
                    kind?: "key" | "camera" | "radio" | "loudspeaker";
                    siteId?: string;
                    stationId?: string;
                    unitId?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register all devices of a sheet, or none
         * @description Roles: installer, supervisor, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            created: number;
                            items: {
                                device: {
                                    driver: string;
                                    exercise: boolean;
                                    id: string;
                                    /** @enum {string} */
                                    kind: "key" | "camera" | "radio" | "loudspeaker";
                                    /** @description WGS-84, degrees */
                                    location?: {
                                        lat: number;
                                        lon: number;
                                    };
                                    name: string;
                                    /** @description Place on a floor plan of its site: parts of the picture's width and height from the upper left corner */
                                    plan?: {
                                        planId: string;
                                        x: number;
                                        y: number;
                                    };
                                    settings: {
                                        [key: string]: unknown;
                                    };
                                    siteId?: string;
                                    supervisionSeconds?: number;
                                    /**
                                     * Format: date-time
                                     * @description Presses are tests until then; at most one hour ahead
                                     */
                                    testUntil?: string;
                                    unitId?: string;
                                };
                                /** @description Shown this once */
                                secret: string;
                            }[];
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grids": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List grids */
        get: {
            parameters: {
                query?: {
                    /** @description nextCursor of the page before */
                    cursor?: string;
                    /** @description Items on a page */
                    limit?: number;
                    stationId?: string;
                    unitId?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /** @description GeoJSON Polygon (RFC 7946): closed rings of [lon, lat] */
                                area?: {
                                    coordinates: [
                                        number,
                                        number
                                    ][][];
                                    /** @enum {string} */
                                    type: "Polygon";
                                };
                                id: string;
                                name: string;
                                officerUnitId?: string;
                                stationId: string;
                                unitIds: string[];
                            }[];
                            nextCursor?: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Register one of grids
         * @description Roles: supervisor, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description GeoJSON Polygon (RFC 7946): closed rings of [lon, lat] */
                        area?: {
                            coordinates: [
                                number,
                                number
                            ][][];
                            /** @enum {string} */
                            type: "Polygon";
                        };
                        id?: string;
                        name: string;
                        officerUnitId?: string;
                        stationId: string;
                        unitIds?: string[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description GeoJSON Polygon (RFC 7946): closed rings of [lon, lat] */
                            area?: {
                                coordinates: [
                                    number,
                                    number
                                ][][];
                                /** @enum {string} */
                                type: "Polygon";
                            };
                            id: string;
                            name: string;
                            officerUnitId?: string;
                            stationId: string;
                            unitIds: string[];
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grids/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of grids */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description GeoJSON Polygon (RFC 7946): closed rings of [lon, lat] */
                            area?: {
                                coordinates: [
                                    number,
                                    number
                                ][][];
                                /** @enum {string} */
                                type: "Polygon";
                            };
                            id: string;
                            name: string;
                            officerUnitId?: string;
                            stationId: string;
                            unitIds: string[];
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Replace one of grids
         * @description Roles: supervisor, admin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description GeoJSON Polygon (RFC 7946): closed rings of [lon, lat] */
                        area?: {
                            coordinates: [
                                number,
                                number
                            ][][];
                            /** @enum {string} */
                            type: "Polygon";
                        };
                        id?: string;
                        name: string;
                        officerUnitId?: string;
                        stationId: string;
                        unitIds?: string[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description GeoJSON Polygon (RFC 7946): closed rings of [lon, lat] */
                            area?: {
                                coordinates: [
                                    number,
                                    number
                                ][][];
                                /** @enum {string} */
                                type: "Polygon";
                            };
                            id: string;
                            name: string;
                            officerUnitId?: string;
                            stationId: string;
                            unitIds: string[];
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /**
         * Remove one of grids
         * @description Roles: supervisor, admin.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Roles: operator, supervisor, installer, integrator, officer, admin. */
        get: {
            parameters: {
                query?: {
                    /** @description nextCursor of the page before */
                    cursor?: string;
                    /** @description Items on a page */
                    limit?: number;
                    /** @description Opened then or later */
                    since?: string;
                    siteId?: string;
                    state?: string;
                    stationId?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                acknowledgedAt?: string;
                                acknowledgedBy?: string;
                                arrivedAt?: string;
                                closedAt?: string;
                                /** @description Two sensors of one place agree */
                                confirmed: boolean;
                                deadline?: {
                                    clock: string;
                                    dueAt: string;
                                    level: number;
                                };
                                deviceId?: string;
                                dispatchedAt?: string;
                                /** @enum {string} */
                                disposition?: "genuine" | "false" | "test" | "duplicate" | "non-police";
                                exercise: boolean;
                                gridId?: string;
                                id: string;
                                kind: string;
                                lastSignalAt: string;
                                /** @description WGS-84, degrees */
                                location?: {
                                    lat: number;
                                    lon: number;
                                };
                                number: number;
                                openedAt: string;
                                /** @description 1 is the most urgent (GB/T 28181) */
                                priority: number;
                                signalCount: number;
                                /** @description After duress: nothing that a bystander at the site could notice */
                                silent: boolean;
                                siteId?: string;
                                /** @enum {string} */
                                state: "open" | "acknowledged" | "dispatched" | "arrived" | "closed";
                                stationId?: string;
                            }[];
                            nextCursor?: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** @description Roles: operator, supervisor, integrator, admin. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        cameraId?: string;
                        exercise?: boolean;
                        /** @description One of the product's kinds or of the station's own, as street-fight */
                        kind: string;
                        /** @description WGS-84, degrees */
                        location?: {
                            lat: number;
                            lon: number;
                        };
                        /** @default  */
                        note?: string;
                        /** @description 1 is the most urgent */
                        priority: 1 | 2 | 3 | 4;
                        siteId?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            acknowledgedAt?: string;
                            acknowledgedBy?: string;
                            arrivedAt?: string;
                            broadcasts: {
                                audioUrl?: string;
                                exercise: boolean;
                                expiresAt: string;
                                id: string;
                                incidentId?: string;
                                issuedAt: string;
                                /** @enum {string} */
                                lang: "zh" | "en";
                                /** @description An operator's microphone instead of words */
                                live: boolean;
                                phraseId?: string;
                                priority: number;
                                repeat: number;
                                requestedBy: string;
                                /**
                                 * @description Of the loudspeaker that is least far
                                 * @enum {string}
                                 */
                                state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                                targets: {
                                    deviceId: string;
                                    /** @description The loudspeaker that failed and that this one stands in for */
                                    insteadOf?: string;
                                    reason?: string;
                                    rungs: {
                                        at: string;
                                        deviceId?: string;
                                        /** @description What a microphone beside the loudspeaker made of the words */
                                        proof?: {
                                            /** @description 0 to 1 */
                                            confidence?: number;
                                            /** @description Why the microphone could not be asked */
                                            deaf?: string;
                                            delayMs?: number;
                                            /** @description The camera whose microphone listened */
                                            ear: string;
                                            /** @description Our sound against all else, dB */
                                            level?: number;
                                            /** @description Why our sound was not found, though the microphone worked */
                                            why?: string;
                                        };
                                        reason?: string;
                                        state: string;
                                    }[];
                                    /** @enum {string} */
                                    state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                                }[];
                                text?: string;
                                volume?: number;
                                zoneId?: string;
                            }[];
                            cameras: {
                                cameraId: string;
                                /** @description Metres */
                                distance?: number;
                                preset?: string;
                                /** @description Why this camera, in the order of their use */
                                reason: string;
                            }[];
                            closedAt?: string;
                            /** @description Two sensors of one place agree */
                            confirmed: boolean;
                            deadline?: {
                                clock: string;
                                dueAt: string;
                                level: number;
                            };
                            deviceId?: string;
                            dispatchedAt?: string;
                            /** @enum {string} */
                            disposition?: "genuine" | "false" | "test" | "duplicate" | "non-police";
                            exercise: boolean;
                            /** @description The files are at /incidents/{id}/footage/{footage id} */
                            footage: {
                                bytes: number;
                                cameraId: string;
                                codec?: string;
                                from: string;
                                /** @description How often the stream broke off within it */
                                gaps: number;
                                id: string;
                                keptUntil: string;
                                mediaType: string;
                                /** @description Counts the pictures, or the parts of the recording, of one camera */
                                part: number;
                                removedAt?: string;
                                /** @description Of the whole file */
                                sha256: string;
                                storedAt: string;
                                to: string;
                                via?: string;
                                /** @enum {string} */
                                what: "still" | "clip";
                            }[];
                            gridId?: string;
                            id: string;
                            kind: string;
                            lastSignalAt: string;
                            /** @description WGS-84, degrees */
                            location?: {
                                lat: number;
                                lon: number;
                            };
                            number: number;
                            openedAt: string;
                            orders: {
                                automatic: boolean;
                                /** @description Why this unit: distance in metres, response circle in minutes */
                                choice: {
                                    [key: string]: unknown;
                                };
                                deadline?: {
                                    clock: string;
                                    dueAt: string;
                                };
                                deviceId?: string;
                                exercise: boolean;
                                expiresAt: string;
                                id: string;
                                incidentId: string;
                                issuedAt: string;
                                kind: string;
                                priority: number;
                                reason: string;
                                rungs: {
                                    at: string;
                                    deviceId?: string;
                                    /** @description What a microphone beside the loudspeaker made of the words */
                                    proof?: {
                                        /** @description 0 to 1 */
                                        confidence?: number;
                                        /** @description Why the microphone could not be asked */
                                        deaf?: string;
                                        delayMs?: number;
                                        /** @description The camera whose microphone listened */
                                        ear: string;
                                        /** @description Our sound against all else, dB */
                                        level?: number;
                                        /** @description Why our sound was not found, though the microphone worked */
                                        why?: string;
                                    };
                                    reason?: string;
                                    state: string;
                                }[];
                                /** @enum {string} */
                                state: "queued" | "sent" | "delivered" | "read" | "accepted" | "declined" | "en-route" | "arrived" | "failed" | "expired" | "cancelled";
                                text: string;
                                unitId: string;
                            }[];
                            /** @description 1 is the most urgent (GB/T 28181) */
                            priority: number;
                            related: {
                                id: string;
                                kind: string;
                                number: number;
                                reason: string;
                                /** @enum {string} */
                                state: "open" | "acknowledged" | "dispatched" | "arrived" | "closed";
                            }[];
                            signalCount: number;
                            /** @description The newest 500; signalCount counts all */
                            signals: {
                                active: boolean;
                                at: string;
                                count: number;
                                data: {
                                    [key: string]: unknown;
                                };
                                deviceId: string;
                                deviceKind: string;
                                eventId?: string;
                                exercise: boolean;
                                grade?: string;
                                id: string;
                                incidentId?: string;
                                lastAt: string;
                                receivedAt: string;
                                type: string;
                            }[];
                            /** @description After duress: nothing that a bystander at the site could notice */
                            silent: boolean;
                            siteId?: string;
                            /** @enum {string} */
                            state: "open" | "acknowledged" | "dispatched" | "arrived" | "closed";
                            stationId?: string;
                            timeline: {
                                at: string;
                                by?: string;
                                data: {
                                    [key: string]: unknown;
                                };
                                /** @description SHA-256 over this entry and the hash of the one before it */
                                hash: string;
                                kind: string;
                                reason?: string;
                                seq: number;
                                text: string;
                            }[];
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Roles: operator, supervisor, installer, integrator, officer, admin. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            acknowledgedAt?: string;
                            acknowledgedBy?: string;
                            arrivedAt?: string;
                            broadcasts: {
                                audioUrl?: string;
                                exercise: boolean;
                                expiresAt: string;
                                id: string;
                                incidentId?: string;
                                issuedAt: string;
                                /** @enum {string} */
                                lang: "zh" | "en";
                                /** @description An operator's microphone instead of words */
                                live: boolean;
                                phraseId?: string;
                                priority: number;
                                repeat: number;
                                requestedBy: string;
                                /**
                                 * @description Of the loudspeaker that is least far
                                 * @enum {string}
                                 */
                                state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                                targets: {
                                    deviceId: string;
                                    /** @description The loudspeaker that failed and that this one stands in for */
                                    insteadOf?: string;
                                    reason?: string;
                                    rungs: {
                                        at: string;
                                        deviceId?: string;
                                        /** @description What a microphone beside the loudspeaker made of the words */
                                        proof?: {
                                            /** @description 0 to 1 */
                                            confidence?: number;
                                            /** @description Why the microphone could not be asked */
                                            deaf?: string;
                                            delayMs?: number;
                                            /** @description The camera whose microphone listened */
                                            ear: string;
                                            /** @description Our sound against all else, dB */
                                            level?: number;
                                            /** @description Why our sound was not found, though the microphone worked */
                                            why?: string;
                                        };
                                        reason?: string;
                                        state: string;
                                    }[];
                                    /** @enum {string} */
                                    state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                                }[];
                                text?: string;
                                volume?: number;
                                zoneId?: string;
                            }[];
                            cameras: {
                                cameraId: string;
                                /** @description Metres */
                                distance?: number;
                                preset?: string;
                                /** @description Why this camera, in the order of their use */
                                reason: string;
                            }[];
                            closedAt?: string;
                            /** @description Two sensors of one place agree */
                            confirmed: boolean;
                            deadline?: {
                                clock: string;
                                dueAt: string;
                                level: number;
                            };
                            deviceId?: string;
                            dispatchedAt?: string;
                            /** @enum {string} */
                            disposition?: "genuine" | "false" | "test" | "duplicate" | "non-police";
                            exercise: boolean;
                            /** @description The files are at /incidents/{id}/footage/{footage id} */
                            footage: {
                                bytes: number;
                                cameraId: string;
                                codec?: string;
                                from: string;
                                /** @description How often the stream broke off within it */
                                gaps: number;
                                id: string;
                                keptUntil: string;
                                mediaType: string;
                                /** @description Counts the pictures, or the parts of the recording, of one camera */
                                part: number;
                                removedAt?: string;
                                /** @description Of the whole file */
                                sha256: string;
                                storedAt: string;
                                to: string;
                                via?: string;
                                /** @enum {string} */
                                what: "still" | "clip";
                            }[];
                            gridId?: string;
                            id: string;
                            kind: string;
                            lastSignalAt: string;
                            /** @description WGS-84, degrees */
                            location?: {
                                lat: number;
                                lon: number;
                            };
                            number: number;
                            openedAt: string;
                            orders: {
                                automatic: boolean;
                                /** @description Why this unit: distance in metres, response circle in minutes */
                                choice: {
                                    [key: string]: unknown;
                                };
                                deadline?: {
                                    clock: string;
                                    dueAt: string;
                                };
                                deviceId?: string;
                                exercise: boolean;
                                expiresAt: string;
                                id: string;
                                incidentId: string;
                                issuedAt: string;
                                kind: string;
                                priority: number;
                                reason: string;
                                rungs: {
                                    at: string;
                                    deviceId?: string;
                                    /** @description What a microphone beside the loudspeaker made of the words */
                                    proof?: {
                                        /** @description 0 to 1 */
                                        confidence?: number;
                                        /** @description Why the microphone could not be asked */
                                        deaf?: string;
                                        delayMs?: number;
                                        /** @description The camera whose microphone listened */
                                        ear: string;
                                        /** @description Our sound against all else, dB */
                                        level?: number;
                                        /** @description Why our sound was not found, though the microphone worked */
                                        why?: string;
                                    };
                                    reason?: string;
                                    state: string;
                                }[];
                                /** @enum {string} */
                                state: "queued" | "sent" | "delivered" | "read" | "accepted" | "declined" | "en-route" | "arrived" | "failed" | "expired" | "cancelled";
                                text: string;
                                unitId: string;
                            }[];
                            /** @description 1 is the most urgent (GB/T 28181) */
                            priority: number;
                            related: {
                                id: string;
                                kind: string;
                                number: number;
                                reason: string;
                                /** @enum {string} */
                                state: "open" | "acknowledged" | "dispatched" | "arrived" | "closed";
                            }[];
                            signalCount: number;
                            /** @description The newest 500; signalCount counts all */
                            signals: {
                                active: boolean;
                                at: string;
                                count: number;
                                data: {
                                    [key: string]: unknown;
                                };
                                deviceId: string;
                                deviceKind: string;
                                eventId?: string;
                                exercise: boolean;
                                grade?: string;
                                id: string;
                                incidentId?: string;
                                lastAt: string;
                                receivedAt: string;
                                type: string;
                            }[];
                            /** @description After duress: nothing that a bystander at the site could notice */
                            silent: boolean;
                            siteId?: string;
                            /** @enum {string} */
                            state: "open" | "acknowledged" | "dispatched" | "arrived" | "closed";
                            stationId?: string;
                            timeline: {
                                at: string;
                                by?: string;
                                data: {
                                    [key: string]: unknown;
                                };
                                /** @description SHA-256 over this entry and the hash of the one before it */
                                hash: string;
                                kind: string;
                                reason?: string;
                                seq: number;
                                text: string;
                            }[];
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Roles: operator, supervisor, admin. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": Record<string, never> | null;
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            acknowledgedAt?: string;
                            acknowledgedBy?: string;
                            arrivedAt?: string;
                            broadcasts: {
                                audioUrl?: string;
                                exercise: boolean;
                                expiresAt: string;
                                id: string;
                                incidentId?: string;
                                issuedAt: string;
                                /** @enum {string} */
                                lang: "zh" | "en";
                                /** @description An operator's microphone instead of words */
                                live: boolean;
                                phraseId?: string;
                                priority: number;
                                repeat: number;
                                requestedBy: string;
                                /**
                                 * @description Of the loudspeaker that is least far
                                 * @enum {string}
                                 */
                                state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                                targets: {
                                    deviceId: string;
                                    /** @description The loudspeaker that failed and that this one stands in for */
                                    insteadOf?: string;
                                    reason?: string;
                                    rungs: {
                                        at: string;
                                        deviceId?: string;
                                        /** @description What a microphone beside the loudspeaker made of the words */
                                        proof?: {
                                            /** @description 0 to 1 */
                                            confidence?: number;
                                            /** @description Why the microphone could not be asked */
                                            deaf?: string;
                                            delayMs?: number;
                                            /** @description The camera whose microphone listened */
                                            ear: string;
                                            /** @description Our sound against all else, dB */
                                            level?: number;
                                            /** @description Why our sound was not found, though the microphone worked */
                                            why?: string;
                                        };
                                        reason?: string;
                                        state: string;
                                    }[];
                                    /** @enum {string} */
                                    state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                                }[];
                                text?: string;
                                volume?: number;
                                zoneId?: string;
                            }[];
                            cameras: {
                                cameraId: string;
                                /** @description Metres */
                                distance?: number;
                                preset?: string;
                                /** @description Why this camera, in the order of their use */
                                reason: string;
                            }[];
                            closedAt?: string;
                            /** @description Two sensors of one place agree */
                            confirmed: boolean;
                            deadline?: {
                                clock: string;
                                dueAt: string;
                                level: number;
                            };
                            deviceId?: string;
                            dispatchedAt?: string;
                            /** @enum {string} */
                            disposition?: "genuine" | "false" | "test" | "duplicate" | "non-police";
                            exercise: boolean;
                            /** @description The files are at /incidents/{id}/footage/{footage id} */
                            footage: {
                                bytes: number;
                                cameraId: string;
                                codec?: string;
                                from: string;
                                /** @description How often the stream broke off within it */
                                gaps: number;
                                id: string;
                                keptUntil: string;
                                mediaType: string;
                                /** @description Counts the pictures, or the parts of the recording, of one camera */
                                part: number;
                                removedAt?: string;
                                /** @description Of the whole file */
                                sha256: string;
                                storedAt: string;
                                to: string;
                                via?: string;
                                /** @enum {string} */
                                what: "still" | "clip";
                            }[];
                            gridId?: string;
                            id: string;
                            kind: string;
                            lastSignalAt: string;
                            /** @description WGS-84, degrees */
                            location?: {
                                lat: number;
                                lon: number;
                            };
                            number: number;
                            openedAt: string;
                            orders: {
                                automatic: boolean;
                                /** @description Why this unit: distance in metres, response circle in minutes */
                                choice: {
                                    [key: string]: unknown;
                                };
                                deadline?: {
                                    clock: string;
                                    dueAt: string;
                                };
                                deviceId?: string;
                                exercise: boolean;
                                expiresAt: string;
                                id: string;
                                incidentId: string;
                                issuedAt: string;
                                kind: string;
                                priority: number;
                                reason: string;
                                rungs: {
                                    at: string;
                                    deviceId?: string;
                                    /** @description What a microphone beside the loudspeaker made of the words */
                                    proof?: {
                                        /** @description 0 to 1 */
                                        confidence?: number;
                                        /** @description Why the microphone could not be asked */
                                        deaf?: string;
                                        delayMs?: number;
                                        /** @description The camera whose microphone listened */
                                        ear: string;
                                        /** @description Our sound against all else, dB */
                                        level?: number;
                                        /** @description Why our sound was not found, though the microphone worked */
                                        why?: string;
                                    };
                                    reason?: string;
                                    state: string;
                                }[];
                                /** @enum {string} */
                                state: "queued" | "sent" | "delivered" | "read" | "accepted" | "declined" | "en-route" | "arrived" | "failed" | "expired" | "cancelled";
                                text: string;
                                unitId: string;
                            }[];
                            /** @description 1 is the most urgent (GB/T 28181) */
                            priority: number;
                            related: {
                                id: string;
                                kind: string;
                                number: number;
                                reason: string;
                                /** @enum {string} */
                                state: "open" | "acknowledged" | "dispatched" | "arrived" | "closed";
                            }[];
                            signalCount: number;
                            /** @description The newest 500; signalCount counts all */
                            signals: {
                                active: boolean;
                                at: string;
                                count: number;
                                data: {
                                    [key: string]: unknown;
                                };
                                deviceId: string;
                                deviceKind: string;
                                eventId?: string;
                                exercise: boolean;
                                grade?: string;
                                id: string;
                                incidentId?: string;
                                lastAt: string;
                                receivedAt: string;
                                type: string;
                            }[];
                            /** @description After duress: nothing that a bystander at the site could notice */
                            silent: boolean;
                            siteId?: string;
                            /** @enum {string} */
                            state: "open" | "acknowledged" | "dispatched" | "arrived" | "closed";
                            stationId?: string;
                            timeline: {
                                at: string;
                                by?: string;
                                data: {
                                    [key: string]: unknown;
                                };
                                /** @description SHA-256 over this entry and the hash of the one before it */
                                hash: string;
                                kind: string;
                                reason?: string;
                                seq: number;
                                text: string;
                            }[];
                        };
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            acknowledgedAt?: string;
                            acknowledgedBy?: string;
                            arrivedAt?: string;
                            broadcasts: {
                                audioUrl?: string;
                                exercise: boolean;
                                expiresAt: string;
                                id: string;
                                incidentId?: string;
                                issuedAt: string;
                                /** @enum {string} */
                                lang: "zh" | "en";
                                /** @description An operator's microphone instead of words */
                                live: boolean;
                                phraseId?: string;
                                priority: number;
                                repeat: number;
                                requestedBy: string;
                                /**
                                 * @description Of the loudspeaker that is least far
                                 * @enum {string}
                                 */
                                state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                                targets: {
                                    deviceId: string;
                                    /** @description The loudspeaker that failed and that this one stands in for */
                                    insteadOf?: string;
                                    reason?: string;
                                    rungs: {
                                        at: string;
                                        deviceId?: string;
                                        /** @description What a microphone beside the loudspeaker made of the words */
                                        proof?: {
                                            /** @description 0 to 1 */
                                            confidence?: number;
                                            /** @description Why the microphone could not be asked */
                                            deaf?: string;
                                            delayMs?: number;
                                            /** @description The camera whose microphone listened */
                                            ear: string;
                                            /** @description Our sound against all else, dB */
                                            level?: number;
                                            /** @description Why our sound was not found, though the microphone worked */
                                            why?: string;
                                        };
                                        reason?: string;
                                        state: string;
                                    }[];
                                    /** @enum {string} */
                                    state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                                }[];
                                text?: string;
                                volume?: number;
                                zoneId?: string;
                            }[];
                            cameras: {
                                cameraId: string;
                                /** @description Metres */
                                distance?: number;
                                preset?: string;
                                /** @description Why this camera, in the order of their use */
                                reason: string;
                            }[];
                            closedAt?: string;
                            /** @description Two sensors of one place agree */
                            confirmed: boolean;
                            deadline?: {
                                clock: string;
                                dueAt: string;
                                level: number;
                            };
                            deviceId?: string;
                            dispatchedAt?: string;
                            /** @enum {string} */
                            disposition?: "genuine" | "false" | "test" | "duplicate" | "non-police";
                            exercise: boolean;
                            /** @description The files are at /incidents/{id}/footage/{footage id} */
                            footage: {
                                bytes: number;
                                cameraId: string;
                                codec?: string;
                                from: string;
                                /** @description How often the stream broke off within it */
                                gaps: number;
                                id: string;
                                keptUntil: string;
                                mediaType: string;
                                /** @description Counts the pictures, or the parts of the recording, of one camera */
                                part: number;
                                removedAt?: string;
                                /** @description Of the whole file */
                                sha256: string;
                                storedAt: string;
                                to: string;
                                via?: string;
                                /** @enum {string} */
                                what: "still" | "clip";
                            }[];
                            gridId?: string;
                            id: string;
                            kind: string;
                            lastSignalAt: string;
                            /** @description WGS-84, degrees */
                            location?: {
                                lat: number;
                                lon: number;
                            };
                            number: number;
                            openedAt: string;
                            orders: {
                                automatic: boolean;
                                /** @description Why this unit: distance in metres, response circle in minutes */
                                choice: {
                                    [key: string]: unknown;
                                };
                                deadline?: {
                                    clock: string;
                                    dueAt: string;
                                };
                                deviceId?: string;
                                exercise: boolean;
                                expiresAt: string;
                                id: string;
                                incidentId: string;
                                issuedAt: string;
                                kind: string;
                                priority: number;
                                reason: string;
                                rungs: {
                                    at: string;
                                    deviceId?: string;
                                    /** @description What a microphone beside the loudspeaker made of the words */
                                    proof?: {
                                        /** @description 0 to 1 */
                                        confidence?: number;
                                        /** @description Why the microphone could not be asked */
                                        deaf?: string;
                                        delayMs?: number;
                                        /** @description The camera whose microphone listened */
                                        ear: string;
                                        /** @description Our sound against all else, dB */
                                        level?: number;
                                        /** @description Why our sound was not found, though the microphone worked */
                                        why?: string;
                                    };
                                    reason?: string;
                                    state: string;
                                }[];
                                /** @enum {string} */
                                state: "queued" | "sent" | "delivered" | "read" | "accepted" | "declined" | "en-route" | "arrived" | "failed" | "expired" | "cancelled";
                                text: string;
                                unitId: string;
                            }[];
                            /** @description 1 is the most urgent (GB/T 28181) */
                            priority: number;
                            related: {
                                id: string;
                                kind: string;
                                number: number;
                                reason: string;
                                /** @enum {string} */
                                state: "open" | "acknowledged" | "dispatched" | "arrived" | "closed";
                            }[];
                            signalCount: number;
                            /** @description The newest 500; signalCount counts all */
                            signals: {
                                active: boolean;
                                at: string;
                                count: number;
                                data: {
                                    [key: string]: unknown;
                                };
                                deviceId: string;
                                deviceKind: string;
                                eventId?: string;
                                exercise: boolean;
                                grade?: string;
                                id: string;
                                incidentId?: string;
                                lastAt: string;
                                receivedAt: string;
                                type: string;
                            }[];
                            /** @description After duress: nothing that a bystander at the site could notice */
                            silent: boolean;
                            siteId?: string;
                            /** @enum {string} */
                            state: "open" | "acknowledged" | "dispatched" | "arrived" | "closed";
                            stationId?: string;
                            timeline: {
                                at: string;
                                by?: string;
                                data: {
                                    [key: string]: unknown;
                                };
                                /** @description SHA-256 over this entry and the hash of the one before it */
                                hash: string;
                                kind: string;
                                reason?: string;
                                seq: number;
                                text: string;
                            }[];
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{id}/broadcasts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Roles: operator, supervisor, admin. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Loudspeakers of its site and within 300 m */
                        cameraId?: string;
                        /** @enum {string} */
                        lang: "zh" | "en";
                        /**
                         * @description An operator speaks: connect to /broadcasts/{id}/talk within two minutes
                         * @enum {boolean}
                         */
                        live?: true;
                        loudspeakerIds?: string[];
                        near?: {
                            lat: number;
                            lon: number;
                            /** @description Metres */
                            radius: number;
                        };
                        phraseId?: string;
                        priority?: number;
                        /**
                         * @description How many times it is said
                         * @default 1
                         */
                        repeat?: number;
                        text?: string;
                        /** @description Percent; the loudspeaker keeps its own when absent */
                        volume?: number;
                        /** @description Every loudspeaker of the zone */
                        zoneId?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            audioUrl?: string;
                            exercise: boolean;
                            expiresAt: string;
                            id: string;
                            incidentId?: string;
                            issuedAt: string;
                            /** @enum {string} */
                            lang: "zh" | "en";
                            /** @description An operator's microphone instead of words */
                            live: boolean;
                            phraseId?: string;
                            priority: number;
                            repeat: number;
                            requestedBy: string;
                            /**
                             * @description Of the loudspeaker that is least far
                             * @enum {string}
                             */
                            state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                            targets: {
                                deviceId: string;
                                /** @description The loudspeaker that failed and that this one stands in for */
                                insteadOf?: string;
                                reason?: string;
                                rungs: {
                                    at: string;
                                    deviceId?: string;
                                    /** @description What a microphone beside the loudspeaker made of the words */
                                    proof?: {
                                        /** @description 0 to 1 */
                                        confidence?: number;
                                        /** @description Why the microphone could not be asked */
                                        deaf?: string;
                                        delayMs?: number;
                                        /** @description The camera whose microphone listened */
                                        ear: string;
                                        /** @description Our sound against all else, dB */
                                        level?: number;
                                        /** @description Why our sound was not found, though the microphone worked */
                                        why?: string;
                                    };
                                    reason?: string;
                                    state: string;
                                }[];
                                /** @enum {string} */
                                state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                            }[];
                            text?: string;
                            volume?: number;
                            zoneId?: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{id}/chain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Roles: operator, supervisor, installer, integrator, officer, admin. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            brokenAt?: number;
                            entries: number;
                            head?: string;
                            intact: boolean;
                            /** @enum {string} */
                            why?: "entry-changed" | "entry-missing" | "end-missing";
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Roles: operator, supervisor, admin. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        disposition: "genuine" | "false" | "test" | "duplicate" | "non-police";
                        note?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            acknowledgedAt?: string;
                            acknowledgedBy?: string;
                            arrivedAt?: string;
                            broadcasts: {
                                audioUrl?: string;
                                exercise: boolean;
                                expiresAt: string;
                                id: string;
                                incidentId?: string;
                                issuedAt: string;
                                /** @enum {string} */
                                lang: "zh" | "en";
                                /** @description An operator's microphone instead of words */
                                live: boolean;
                                phraseId?: string;
                                priority: number;
                                repeat: number;
                                requestedBy: string;
                                /**
                                 * @description Of the loudspeaker that is least far
                                 * @enum {string}
                                 */
                                state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                                targets: {
                                    deviceId: string;
                                    /** @description The loudspeaker that failed and that this one stands in for */
                                    insteadOf?: string;
                                    reason?: string;
                                    rungs: {
                                        at: string;
                                        deviceId?: string;
                                        /** @description What a microphone beside the loudspeaker made of the words */
                                        proof?: {
                                            /** @description 0 to 1 */
                                            confidence?: number;
                                            /** @description Why the microphone could not be asked */
                                            deaf?: string;
                                            delayMs?: number;
                                            /** @description The camera whose microphone listened */
                                            ear: string;
                                            /** @description Our sound against all else, dB */
                                            level?: number;
                                            /** @description Why our sound was not found, though the microphone worked */
                                            why?: string;
                                        };
                                        reason?: string;
                                        state: string;
                                    }[];
                                    /** @enum {string} */
                                    state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                                }[];
                                text?: string;
                                volume?: number;
                                zoneId?: string;
                            }[];
                            cameras: {
                                cameraId: string;
                                /** @description Metres */
                                distance?: number;
                                preset?: string;
                                /** @description Why this camera, in the order of their use */
                                reason: string;
                            }[];
                            closedAt?: string;
                            /** @description Two sensors of one place agree */
                            confirmed: boolean;
                            deadline?: {
                                clock: string;
                                dueAt: string;
                                level: number;
                            };
                            deviceId?: string;
                            dispatchedAt?: string;
                            /** @enum {string} */
                            disposition?: "genuine" | "false" | "test" | "duplicate" | "non-police";
                            exercise: boolean;
                            /** @description The files are at /incidents/{id}/footage/{footage id} */
                            footage: {
                                bytes: number;
                                cameraId: string;
                                codec?: string;
                                from: string;
                                /** @description How often the stream broke off within it */
                                gaps: number;
                                id: string;
                                keptUntil: string;
                                mediaType: string;
                                /** @description Counts the pictures, or the parts of the recording, of one camera */
                                part: number;
                                removedAt?: string;
                                /** @description Of the whole file */
                                sha256: string;
                                storedAt: string;
                                to: string;
                                via?: string;
                                /** @enum {string} */
                                what: "still" | "clip";
                            }[];
                            gridId?: string;
                            id: string;
                            kind: string;
                            lastSignalAt: string;
                            /** @description WGS-84, degrees */
                            location?: {
                                lat: number;
                                lon: number;
                            };
                            number: number;
                            openedAt: string;
                            orders: {
                                automatic: boolean;
                                /** @description Why this unit: distance in metres, response circle in minutes */
                                choice: {
                                    [key: string]: unknown;
                                };
                                deadline?: {
                                    clock: string;
                                    dueAt: string;
                                };
                                deviceId?: string;
                                exercise: boolean;
                                expiresAt: string;
                                id: string;
                                incidentId: string;
                                issuedAt: string;
                                kind: string;
                                priority: number;
                                reason: string;
                                rungs: {
                                    at: string;
                                    deviceId?: string;
                                    /** @description What a microphone beside the loudspeaker made of the words */
                                    proof?: {
                                        /** @description 0 to 1 */
                                        confidence?: number;
                                        /** @description Why the microphone could not be asked */
                                        deaf?: string;
                                        delayMs?: number;
                                        /** @description The camera whose microphone listened */
                                        ear: string;
                                        /** @description Our sound against all else, dB */
                                        level?: number;
                                        /** @description Why our sound was not found, though the microphone worked */
                                        why?: string;
                                    };
                                    reason?: string;
                                    state: string;
                                }[];
                                /** @enum {string} */
                                state: "queued" | "sent" | "delivered" | "read" | "accepted" | "declined" | "en-route" | "arrived" | "failed" | "expired" | "cancelled";
                                text: string;
                                unitId: string;
                            }[];
                            /** @description 1 is the most urgent (GB/T 28181) */
                            priority: number;
                            related: {
                                id: string;
                                kind: string;
                                number: number;
                                reason: string;
                                /** @enum {string} */
                                state: "open" | "acknowledged" | "dispatched" | "arrived" | "closed";
                            }[];
                            signalCount: number;
                            /** @description The newest 500; signalCount counts all */
                            signals: {
                                active: boolean;
                                at: string;
                                count: number;
                                data: {
                                    [key: string]: unknown;
                                };
                                deviceId: string;
                                deviceKind: string;
                                eventId?: string;
                                exercise: boolean;
                                grade?: string;
                                id: string;
                                incidentId?: string;
                                lastAt: string;
                                receivedAt: string;
                                type: string;
                            }[];
                            /** @description After duress: nothing that a bystander at the site could notice */
                            silent: boolean;
                            siteId?: string;
                            /** @enum {string} */
                            state: "open" | "acknowledged" | "dispatched" | "arrived" | "closed";
                            stationId?: string;
                            timeline: {
                                at: string;
                                by?: string;
                                data: {
                                    [key: string]: unknown;
                                };
                                /** @description SHA-256 over this entry and the hash of the one before it */
                                hash: string;
                                kind: string;
                                reason?: string;
                                seq: number;
                                text: string;
                            }[];
                        };
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            acknowledgedAt?: string;
                            acknowledgedBy?: string;
                            arrivedAt?: string;
                            broadcasts: {
                                audioUrl?: string;
                                exercise: boolean;
                                expiresAt: string;
                                id: string;
                                incidentId?: string;
                                issuedAt: string;
                                /** @enum {string} */
                                lang: "zh" | "en";
                                /** @description An operator's microphone instead of words */
                                live: boolean;
                                phraseId?: string;
                                priority: number;
                                repeat: number;
                                requestedBy: string;
                                /**
                                 * @description Of the loudspeaker that is least far
                                 * @enum {string}
                                 */
                                state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                                targets: {
                                    deviceId: string;
                                    /** @description The loudspeaker that failed and that this one stands in for */
                                    insteadOf?: string;
                                    reason?: string;
                                    rungs: {
                                        at: string;
                                        deviceId?: string;
                                        /** @description What a microphone beside the loudspeaker made of the words */
                                        proof?: {
                                            /** @description 0 to 1 */
                                            confidence?: number;
                                            /** @description Why the microphone could not be asked */
                                            deaf?: string;
                                            delayMs?: number;
                                            /** @description The camera whose microphone listened */
                                            ear: string;
                                            /** @description Our sound against all else, dB */
                                            level?: number;
                                            /** @description Why our sound was not found, though the microphone worked */
                                            why?: string;
                                        };
                                        reason?: string;
                                        state: string;
                                    }[];
                                    /** @enum {string} */
                                    state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                                }[];
                                text?: string;
                                volume?: number;
                                zoneId?: string;
                            }[];
                            cameras: {
                                cameraId: string;
                                /** @description Metres */
                                distance?: number;
                                preset?: string;
                                /** @description Why this camera, in the order of their use */
                                reason: string;
                            }[];
                            closedAt?: string;
                            /** @description Two sensors of one place agree */
                            confirmed: boolean;
                            deadline?: {
                                clock: string;
                                dueAt: string;
                                level: number;
                            };
                            deviceId?: string;
                            dispatchedAt?: string;
                            /** @enum {string} */
                            disposition?: "genuine" | "false" | "test" | "duplicate" | "non-police";
                            exercise: boolean;
                            /** @description The files are at /incidents/{id}/footage/{footage id} */
                            footage: {
                                bytes: number;
                                cameraId: string;
                                codec?: string;
                                from: string;
                                /** @description How often the stream broke off within it */
                                gaps: number;
                                id: string;
                                keptUntil: string;
                                mediaType: string;
                                /** @description Counts the pictures, or the parts of the recording, of one camera */
                                part: number;
                                removedAt?: string;
                                /** @description Of the whole file */
                                sha256: string;
                                storedAt: string;
                                to: string;
                                via?: string;
                                /** @enum {string} */
                                what: "still" | "clip";
                            }[];
                            gridId?: string;
                            id: string;
                            kind: string;
                            lastSignalAt: string;
                            /** @description WGS-84, degrees */
                            location?: {
                                lat: number;
                                lon: number;
                            };
                            number: number;
                            openedAt: string;
                            orders: {
                                automatic: boolean;
                                /** @description Why this unit: distance in metres, response circle in minutes */
                                choice: {
                                    [key: string]: unknown;
                                };
                                deadline?: {
                                    clock: string;
                                    dueAt: string;
                                };
                                deviceId?: string;
                                exercise: boolean;
                                expiresAt: string;
                                id: string;
                                incidentId: string;
                                issuedAt: string;
                                kind: string;
                                priority: number;
                                reason: string;
                                rungs: {
                                    at: string;
                                    deviceId?: string;
                                    /** @description What a microphone beside the loudspeaker made of the words */
                                    proof?: {
                                        /** @description 0 to 1 */
                                        confidence?: number;
                                        /** @description Why the microphone could not be asked */
                                        deaf?: string;
                                        delayMs?: number;
                                        /** @description The camera whose microphone listened */
                                        ear: string;
                                        /** @description Our sound against all else, dB */
                                        level?: number;
                                        /** @description Why our sound was not found, though the microphone worked */
                                        why?: string;
                                    };
                                    reason?: string;
                                    state: string;
                                }[];
                                /** @enum {string} */
                                state: "queued" | "sent" | "delivered" | "read" | "accepted" | "declined" | "en-route" | "arrived" | "failed" | "expired" | "cancelled";
                                text: string;
                                unitId: string;
                            }[];
                            /** @description 1 is the most urgent (GB/T 28181) */
                            priority: number;
                            related: {
                                id: string;
                                kind: string;
                                number: number;
                                reason: string;
                                /** @enum {string} */
                                state: "open" | "acknowledged" | "dispatched" | "arrived" | "closed";
                            }[];
                            signalCount: number;
                            /** @description The newest 500; signalCount counts all */
                            signals: {
                                active: boolean;
                                at: string;
                                count: number;
                                data: {
                                    [key: string]: unknown;
                                };
                                deviceId: string;
                                deviceKind: string;
                                eventId?: string;
                                exercise: boolean;
                                grade?: string;
                                id: string;
                                incidentId?: string;
                                lastAt: string;
                                receivedAt: string;
                                type: string;
                            }[];
                            /** @description After duress: nothing that a bystander at the site could notice */
                            silent: boolean;
                            siteId?: string;
                            /** @enum {string} */
                            state: "open" | "acknowledged" | "dispatched" | "arrived" | "closed";
                            stationId?: string;
                            timeline: {
                                at: string;
                                by?: string;
                                data: {
                                    [key: string]: unknown;
                                };
                                /** @description SHA-256 over this entry and the hash of the one before it */
                                hash: string;
                                kind: string;
                                reason?: string;
                                seq: number;
                                text: string;
                            }[];
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{id}/footage/{footageId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A picture or a recording of an incident; takes Range
         * @description Roles: operator, supervisor, admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    footageId: string;
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Roles: operator, supervisor, admin. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        note?: string;
                        text?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            acknowledgedAt?: string;
                            acknowledgedBy?: string;
                            arrivedAt?: string;
                            broadcasts: {
                                audioUrl?: string;
                                exercise: boolean;
                                expiresAt: string;
                                id: string;
                                incidentId?: string;
                                issuedAt: string;
                                /** @enum {string} */
                                lang: "zh" | "en";
                                /** @description An operator's microphone instead of words */
                                live: boolean;
                                phraseId?: string;
                                priority: number;
                                repeat: number;
                                requestedBy: string;
                                /**
                                 * @description Of the loudspeaker that is least far
                                 * @enum {string}
                                 */
                                state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                                targets: {
                                    deviceId: string;
                                    /** @description The loudspeaker that failed and that this one stands in for */
                                    insteadOf?: string;
                                    reason?: string;
                                    rungs: {
                                        at: string;
                                        deviceId?: string;
                                        /** @description What a microphone beside the loudspeaker made of the words */
                                        proof?: {
                                            /** @description 0 to 1 */
                                            confidence?: number;
                                            /** @description Why the microphone could not be asked */
                                            deaf?: string;
                                            delayMs?: number;
                                            /** @description The camera whose microphone listened */
                                            ear: string;
                                            /** @description Our sound against all else, dB */
                                            level?: number;
                                            /** @description Why our sound was not found, though the microphone worked */
                                            why?: string;
                                        };
                                        reason?: string;
                                        state: string;
                                    }[];
                                    /** @enum {string} */
                                    state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                                }[];
                                text?: string;
                                volume?: number;
                                zoneId?: string;
                            }[];
                            cameras: {
                                cameraId: string;
                                /** @description Metres */
                                distance?: number;
                                preset?: string;
                                /** @description Why this camera, in the order of their use */
                                reason: string;
                            }[];
                            closedAt?: string;
                            /** @description Two sensors of one place agree */
                            confirmed: boolean;
                            deadline?: {
                                clock: string;
                                dueAt: string;
                                level: number;
                            };
                            deviceId?: string;
                            dispatchedAt?: string;
                            /** @enum {string} */
                            disposition?: "genuine" | "false" | "test" | "duplicate" | "non-police";
                            exercise: boolean;
                            /** @description The files are at /incidents/{id}/footage/{footage id} */
                            footage: {
                                bytes: number;
                                cameraId: string;
                                codec?: string;
                                from: string;
                                /** @description How often the stream broke off within it */
                                gaps: number;
                                id: string;
                                keptUntil: string;
                                mediaType: string;
                                /** @description Counts the pictures, or the parts of the recording, of one camera */
                                part: number;
                                removedAt?: string;
                                /** @description Of the whole file */
                                sha256: string;
                                storedAt: string;
                                to: string;
                                via?: string;
                                /** @enum {string} */
                                what: "still" | "clip";
                            }[];
                            gridId?: string;
                            id: string;
                            kind: string;
                            lastSignalAt: string;
                            /** @description WGS-84, degrees */
                            location?: {
                                lat: number;
                                lon: number;
                            };
                            number: number;
                            openedAt: string;
                            orders: {
                                automatic: boolean;
                                /** @description Why this unit: distance in metres, response circle in minutes */
                                choice: {
                                    [key: string]: unknown;
                                };
                                deadline?: {
                                    clock: string;
                                    dueAt: string;
                                };
                                deviceId?: string;
                                exercise: boolean;
                                expiresAt: string;
                                id: string;
                                incidentId: string;
                                issuedAt: string;
                                kind: string;
                                priority: number;
                                reason: string;
                                rungs: {
                                    at: string;
                                    deviceId?: string;
                                    /** @description What a microphone beside the loudspeaker made of the words */
                                    proof?: {
                                        /** @description 0 to 1 */
                                        confidence?: number;
                                        /** @description Why the microphone could not be asked */
                                        deaf?: string;
                                        delayMs?: number;
                                        /** @description The camera whose microphone listened */
                                        ear: string;
                                        /** @description Our sound against all else, dB */
                                        level?: number;
                                        /** @description Why our sound was not found, though the microphone worked */
                                        why?: string;
                                    };
                                    reason?: string;
                                    state: string;
                                }[];
                                /** @enum {string} */
                                state: "queued" | "sent" | "delivered" | "read" | "accepted" | "declined" | "en-route" | "arrived" | "failed" | "expired" | "cancelled";
                                text: string;
                                unitId: string;
                            }[];
                            /** @description 1 is the most urgent (GB/T 28181) */
                            priority: number;
                            related: {
                                id: string;
                                kind: string;
                                number: number;
                                reason: string;
                                /** @enum {string} */
                                state: "open" | "acknowledged" | "dispatched" | "arrived" | "closed";
                            }[];
                            signalCount: number;
                            /** @description The newest 500; signalCount counts all */
                            signals: {
                                active: boolean;
                                at: string;
                                count: number;
                                data: {
                                    [key: string]: unknown;
                                };
                                deviceId: string;
                                deviceKind: string;
                                eventId?: string;
                                exercise: boolean;
                                grade?: string;
                                id: string;
                                incidentId?: string;
                                lastAt: string;
                                receivedAt: string;
                                type: string;
                            }[];
                            /** @description After duress: nothing that a bystander at the site could notice */
                            silent: boolean;
                            siteId?: string;
                            /** @enum {string} */
                            state: "open" | "acknowledged" | "dispatched" | "arrived" | "closed";
                            stationId?: string;
                            timeline: {
                                at: string;
                                by?: string;
                                data: {
                                    [key: string]: unknown;
                                };
                                /** @description SHA-256 over this entry and the hash of the one before it */
                                hash: string;
                                kind: string;
                                reason?: string;
                                seq: number;
                                text: string;
                            }[];
                        };
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            acknowledgedAt?: string;
                            acknowledgedBy?: string;
                            arrivedAt?: string;
                            broadcasts: {
                                audioUrl?: string;
                                exercise: boolean;
                                expiresAt: string;
                                id: string;
                                incidentId?: string;
                                issuedAt: string;
                                /** @enum {string} */
                                lang: "zh" | "en";
                                /** @description An operator's microphone instead of words */
                                live: boolean;
                                phraseId?: string;
                                priority: number;
                                repeat: number;
                                requestedBy: string;
                                /**
                                 * @description Of the loudspeaker that is least far
                                 * @enum {string}
                                 */
                                state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                                targets: {
                                    deviceId: string;
                                    /** @description The loudspeaker that failed and that this one stands in for */
                                    insteadOf?: string;
                                    reason?: string;
                                    rungs: {
                                        at: string;
                                        deviceId?: string;
                                        /** @description What a microphone beside the loudspeaker made of the words */
                                        proof?: {
                                            /** @description 0 to 1 */
                                            confidence?: number;
                                            /** @description Why the microphone could not be asked */
                                            deaf?: string;
                                            delayMs?: number;
                                            /** @description The camera whose microphone listened */
                                            ear: string;
                                            /** @description Our sound against all else, dB */
                                            level?: number;
                                            /** @description Why our sound was not found, though the microphone worked */
                                            why?: string;
                                        };
                                        reason?: string;
                                        state: string;
                                    }[];
                                    /** @enum {string} */
                                    state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                                }[];
                                text?: string;
                                volume?: number;
                                zoneId?: string;
                            }[];
                            cameras: {
                                cameraId: string;
                                /** @description Metres */
                                distance?: number;
                                preset?: string;
                                /** @description Why this camera, in the order of their use */
                                reason: string;
                            }[];
                            closedAt?: string;
                            /** @description Two sensors of one place agree */
                            confirmed: boolean;
                            deadline?: {
                                clock: string;
                                dueAt: string;
                                level: number;
                            };
                            deviceId?: string;
                            dispatchedAt?: string;
                            /** @enum {string} */
                            disposition?: "genuine" | "false" | "test" | "duplicate" | "non-police";
                            exercise: boolean;
                            /** @description The files are at /incidents/{id}/footage/{footage id} */
                            footage: {
                                bytes: number;
                                cameraId: string;
                                codec?: string;
                                from: string;
                                /** @description How often the stream broke off within it */
                                gaps: number;
                                id: string;
                                keptUntil: string;
                                mediaType: string;
                                /** @description Counts the pictures, or the parts of the recording, of one camera */
                                part: number;
                                removedAt?: string;
                                /** @description Of the whole file */
                                sha256: string;
                                storedAt: string;
                                to: string;
                                via?: string;
                                /** @enum {string} */
                                what: "still" | "clip";
                            }[];
                            gridId?: string;
                            id: string;
                            kind: string;
                            lastSignalAt: string;
                            /** @description WGS-84, degrees */
                            location?: {
                                lat: number;
                                lon: number;
                            };
                            number: number;
                            openedAt: string;
                            orders: {
                                automatic: boolean;
                                /** @description Why this unit: distance in metres, response circle in minutes */
                                choice: {
                                    [key: string]: unknown;
                                };
                                deadline?: {
                                    clock: string;
                                    dueAt: string;
                                };
                                deviceId?: string;
                                exercise: boolean;
                                expiresAt: string;
                                id: string;
                                incidentId: string;
                                issuedAt: string;
                                kind: string;
                                priority: number;
                                reason: string;
                                rungs: {
                                    at: string;
                                    deviceId?: string;
                                    /** @description What a microphone beside the loudspeaker made of the words */
                                    proof?: {
                                        /** @description 0 to 1 */
                                        confidence?: number;
                                        /** @description Why the microphone could not be asked */
                                        deaf?: string;
                                        delayMs?: number;
                                        /** @description The camera whose microphone listened */
                                        ear: string;
                                        /** @description Our sound against all else, dB */
                                        level?: number;
                                        /** @description Why our sound was not found, though the microphone worked */
                                        why?: string;
                                    };
                                    reason?: string;
                                    state: string;
                                }[];
                                /** @enum {string} */
                                state: "queued" | "sent" | "delivered" | "read" | "accepted" | "declined" | "en-route" | "arrived" | "failed" | "expired" | "cancelled";
                                text: string;
                                unitId: string;
                            }[];
                            /** @description 1 is the most urgent (GB/T 28181) */
                            priority: number;
                            related: {
                                id: string;
                                kind: string;
                                number: number;
                                reason: string;
                                /** @enum {string} */
                                state: "open" | "acknowledged" | "dispatched" | "arrived" | "closed";
                            }[];
                            signalCount: number;
                            /** @description The newest 500; signalCount counts all */
                            signals: {
                                active: boolean;
                                at: string;
                                count: number;
                                data: {
                                    [key: string]: unknown;
                                };
                                deviceId: string;
                                deviceKind: string;
                                eventId?: string;
                                exercise: boolean;
                                grade?: string;
                                id: string;
                                incidentId?: string;
                                lastAt: string;
                                receivedAt: string;
                                type: string;
                            }[];
                            /** @description After duress: nothing that a bystander at the site could notice */
                            silent: boolean;
                            siteId?: string;
                            /** @enum {string} */
                            state: "open" | "acknowledged" | "dispatched" | "arrived" | "closed";
                            stationId?: string;
                            timeline: {
                                at: string;
                                by?: string;
                                data: {
                                    [key: string]: unknown;
                                };
                                /** @description SHA-256 over this entry and the hash of the one before it */
                                hash: string;
                                kind: string;
                                reason?: string;
                                seq: number;
                                text: string;
                            }[];
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{id}/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Roles: operator, supervisor, admin. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description So many of the nearest units that hold no order yet */
                        nearest?: number;
                        text?: string;
                        unitIds?: string[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            acknowledgedAt?: string;
                            acknowledgedBy?: string;
                            arrivedAt?: string;
                            broadcasts: {
                                audioUrl?: string;
                                exercise: boolean;
                                expiresAt: string;
                                id: string;
                                incidentId?: string;
                                issuedAt: string;
                                /** @enum {string} */
                                lang: "zh" | "en";
                                /** @description An operator's microphone instead of words */
                                live: boolean;
                                phraseId?: string;
                                priority: number;
                                repeat: number;
                                requestedBy: string;
                                /**
                                 * @description Of the loudspeaker that is least far
                                 * @enum {string}
                                 */
                                state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                                targets: {
                                    deviceId: string;
                                    /** @description The loudspeaker that failed and that this one stands in for */
                                    insteadOf?: string;
                                    reason?: string;
                                    rungs: {
                                        at: string;
                                        deviceId?: string;
                                        /** @description What a microphone beside the loudspeaker made of the words */
                                        proof?: {
                                            /** @description 0 to 1 */
                                            confidence?: number;
                                            /** @description Why the microphone could not be asked */
                                            deaf?: string;
                                            delayMs?: number;
                                            /** @description The camera whose microphone listened */
                                            ear: string;
                                            /** @description Our sound against all else, dB */
                                            level?: number;
                                            /** @description Why our sound was not found, though the microphone worked */
                                            why?: string;
                                        };
                                        reason?: string;
                                        state: string;
                                    }[];
                                    /** @enum {string} */
                                    state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                                }[];
                                text?: string;
                                volume?: number;
                                zoneId?: string;
                            }[];
                            cameras: {
                                cameraId: string;
                                /** @description Metres */
                                distance?: number;
                                preset?: string;
                                /** @description Why this camera, in the order of their use */
                                reason: string;
                            }[];
                            closedAt?: string;
                            /** @description Two sensors of one place agree */
                            confirmed: boolean;
                            deadline?: {
                                clock: string;
                                dueAt: string;
                                level: number;
                            };
                            deviceId?: string;
                            dispatchedAt?: string;
                            /** @enum {string} */
                            disposition?: "genuine" | "false" | "test" | "duplicate" | "non-police";
                            exercise: boolean;
                            /** @description The files are at /incidents/{id}/footage/{footage id} */
                            footage: {
                                bytes: number;
                                cameraId: string;
                                codec?: string;
                                from: string;
                                /** @description How often the stream broke off within it */
                                gaps: number;
                                id: string;
                                keptUntil: string;
                                mediaType: string;
                                /** @description Counts the pictures, or the parts of the recording, of one camera */
                                part: number;
                                removedAt?: string;
                                /** @description Of the whole file */
                                sha256: string;
                                storedAt: string;
                                to: string;
                                via?: string;
                                /** @enum {string} */
                                what: "still" | "clip";
                            }[];
                            gridId?: string;
                            id: string;
                            kind: string;
                            lastSignalAt: string;
                            /** @description WGS-84, degrees */
                            location?: {
                                lat: number;
                                lon: number;
                            };
                            number: number;
                            openedAt: string;
                            orders: {
                                automatic: boolean;
                                /** @description Why this unit: distance in metres, response circle in minutes */
                                choice: {
                                    [key: string]: unknown;
                                };
                                deadline?: {
                                    clock: string;
                                    dueAt: string;
                                };
                                deviceId?: string;
                                exercise: boolean;
                                expiresAt: string;
                                id: string;
                                incidentId: string;
                                issuedAt: string;
                                kind: string;
                                priority: number;
                                reason: string;
                                rungs: {
                                    at: string;
                                    deviceId?: string;
                                    /** @description What a microphone beside the loudspeaker made of the words */
                                    proof?: {
                                        /** @description 0 to 1 */
                                        confidence?: number;
                                        /** @description Why the microphone could not be asked */
                                        deaf?: string;
                                        delayMs?: number;
                                        /** @description The camera whose microphone listened */
                                        ear: string;
                                        /** @description Our sound against all else, dB */
                                        level?: number;
                                        /** @description Why our sound was not found, though the microphone worked */
                                        why?: string;
                                    };
                                    reason?: string;
                                    state: string;
                                }[];
                                /** @enum {string} */
                                state: "queued" | "sent" | "delivered" | "read" | "accepted" | "declined" | "en-route" | "arrived" | "failed" | "expired" | "cancelled";
                                text: string;
                                unitId: string;
                            }[];
                            /** @description 1 is the most urgent (GB/T 28181) */
                            priority: number;
                            related: {
                                id: string;
                                kind: string;
                                number: number;
                                reason: string;
                                /** @enum {string} */
                                state: "open" | "acknowledged" | "dispatched" | "arrived" | "closed";
                            }[];
                            signalCount: number;
                            /** @description The newest 500; signalCount counts all */
                            signals: {
                                active: boolean;
                                at: string;
                                count: number;
                                data: {
                                    [key: string]: unknown;
                                };
                                deviceId: string;
                                deviceKind: string;
                                eventId?: string;
                                exercise: boolean;
                                grade?: string;
                                id: string;
                                incidentId?: string;
                                lastAt: string;
                                receivedAt: string;
                                type: string;
                            }[];
                            /** @description After duress: nothing that a bystander at the site could notice */
                            silent: boolean;
                            siteId?: string;
                            /** @enum {string} */
                            state: "open" | "acknowledged" | "dispatched" | "arrived" | "closed";
                            stationId?: string;
                            timeline: {
                                at: string;
                                by?: string;
                                data: {
                                    [key: string]: unknown;
                                };
                                /** @description SHA-256 over this entry and the hash of the one before it */
                                hash: string;
                                kind: string;
                                reason?: string;
                                seq: number;
                                text: string;
                            }[];
                        };
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            acknowledgedAt?: string;
                            acknowledgedBy?: string;
                            arrivedAt?: string;
                            broadcasts: {
                                audioUrl?: string;
                                exercise: boolean;
                                expiresAt: string;
                                id: string;
                                incidentId?: string;
                                issuedAt: string;
                                /** @enum {string} */
                                lang: "zh" | "en";
                                /** @description An operator's microphone instead of words */
                                live: boolean;
                                phraseId?: string;
                                priority: number;
                                repeat: number;
                                requestedBy: string;
                                /**
                                 * @description Of the loudspeaker that is least far
                                 * @enum {string}
                                 */
                                state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                                targets: {
                                    deviceId: string;
                                    /** @description The loudspeaker that failed and that this one stands in for */
                                    insteadOf?: string;
                                    reason?: string;
                                    rungs: {
                                        at: string;
                                        deviceId?: string;
                                        /** @description What a microphone beside the loudspeaker made of the words */
                                        proof?: {
                                            /** @description 0 to 1 */
                                            confidence?: number;
                                            /** @description Why the microphone could not be asked */
                                            deaf?: string;
                                            delayMs?: number;
                                            /** @description The camera whose microphone listened */
                                            ear: string;
                                            /** @description Our sound against all else, dB */
                                            level?: number;
                                            /** @description Why our sound was not found, though the microphone worked */
                                            why?: string;
                                        };
                                        reason?: string;
                                        state: string;
                                    }[];
                                    /** @enum {string} */
                                    state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
                                }[];
                                text?: string;
                                volume?: number;
                                zoneId?: string;
                            }[];
                            cameras: {
                                cameraId: string;
                                /** @description Metres */
                                distance?: number;
                                preset?: string;
                                /** @description Why this camera, in the order of their use */
                                reason: string;
                            }[];
                            closedAt?: string;
                            /** @description Two sensors of one place agree */
                            confirmed: boolean;
                            deadline?: {
                                clock: string;
                                dueAt: string;
                                level: number;
                            };
                            deviceId?: string;
                            dispatchedAt?: string;
                            /** @enum {string} */
                            disposition?: "genuine" | "false" | "test" | "duplicate" | "non-police";
                            exercise: boolean;
                            /** @description The files are at /incidents/{id}/footage/{footage id} */
                            footage: {
                                bytes: number;
                                cameraId: string;
                                codec?: string;
                                from: string;
                                /** @description How often the stream broke off within it */
                                gaps: number;
                                id: string;
                                keptUntil: string;
                                mediaType: string;
                                /** @description Counts the pictures, or the parts of the recording, of one camera */
                                part: number;
                                removedAt?: string;
                                /** @description Of the whole file */
                                sha256: string;
                                storedAt: string;
                                to: string;
                                via?: string;
                                /** @enum {string} */
                                what: "still" | "clip";
                            }[];
                            gridId?: string;
                            id: string;
                            kind: string;
                            lastSignalAt: string;
                            /** @description WGS-84, degrees */
                            location?: {
                                lat: number;
                                lon: number;
                            };
                            number: number;
                            openedAt: string;
                            orders: {
                                automatic: boolean;
                                /** @description Why this unit: distance in metres, response circle in minutes */
                                choice: {
                                    [key: string]: unknown;
                                };
                                deadline?: {
                                    clock: string;
                                    dueAt: string;
                                };
                                deviceId?: string;
                                exercise: boolean;
                                expiresAt: string;
                                id: string;
                                incidentId: string;
                                issuedAt: string;
                                kind: string;
                                priority: number;
                                reason: string;
                                rungs: {
                                    at: string;
                                    deviceId?: string;
                                    /** @description What a microphone beside the loudspeaker made of the words */
                                    proof?: {
                                        /** @description 0 to 1 */
                                        confidence?: number;
                                        /** @description Why the microphone could not be asked */
                                        deaf?: string;
                                        delayMs?: number;
                                        /** @description The camera whose microphone listened */
                                        ear: string;
                                        /** @description Our sound against all else, dB */
                                        level?: number;
                                        /** @description Why our sound was not found, though the microphone worked */
                                        why?: string;
                                    };
                                    reason?: string;
                                    state: string;
                                }[];
                                /** @enum {string} */
                                state: "queued" | "sent" | "delivered" | "read" | "accepted" | "declined" | "en-route" | "arrived" | "failed" | "expired" | "cancelled";
                                text: string;
                                unitId: string;
                            }[];
                            /** @description 1 is the most urgent (GB/T 28181) */
                            priority: number;
                            related: {
                                id: string;
                                kind: string;
                                number: number;
                                reason: string;
                                /** @enum {string} */
                                state: "open" | "acknowledged" | "dispatched" | "arrived" | "closed";
                            }[];
                            signalCount: number;
                            /** @description The newest 500; signalCount counts all */
                            signals: {
                                active: boolean;
                                at: string;
                                count: number;
                                data: {
                                    [key: string]: unknown;
                                };
                                deviceId: string;
                                deviceKind: string;
                                eventId?: string;
                                exercise: boolean;
                                grade?: string;
                                id: string;
                                incidentId?: string;
                                lastAt: string;
                                receivedAt: string;
                                type: string;
                            }[];
                            /** @description After duress: nothing that a bystander at the site could notice */
                            silent: boolean;
                            siteId?: string;
                            /** @enum {string} */
                            state: "open" | "acknowledged" | "dispatched" | "arrived" | "closed";
                            stationId?: string;
                            timeline: {
                                at: string;
                                by?: string;
                                data: {
                                    [key: string]: unknown;
                                };
                                /** @description SHA-256 over this entry and the hash of the one before it */
                                hash: string;
                                kind: string;
                                reason?: string;
                                seq: number;
                                text: string;
                            }[];
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Roles: operator, supervisor, installer, integrator, officer, admin. */
        get: {
            parameters: {
                query?: {
                    /** @description nextCursor of the page before */
                    cursor?: string;
                    incidentId?: string;
                    /** @description Items on a page */
                    limit?: number;
                    state?: string;
                    unitId?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                automatic: boolean;
                                /** @description Why this unit: distance in metres, response circle in minutes */
                                choice: {
                                    [key: string]: unknown;
                                };
                                deadline?: {
                                    clock: string;
                                    dueAt: string;
                                };
                                deviceId?: string;
                                exercise: boolean;
                                expiresAt: string;
                                id: string;
                                incidentId: string;
                                issuedAt: string;
                                kind: string;
                                priority: number;
                                reason: string;
                                rungs: {
                                    at: string;
                                    deviceId?: string;
                                    /** @description What a microphone beside the loudspeaker made of the words */
                                    proof?: {
                                        /** @description 0 to 1 */
                                        confidence?: number;
                                        /** @description Why the microphone could not be asked */
                                        deaf?: string;
                                        delayMs?: number;
                                        /** @description The camera whose microphone listened */
                                        ear: string;
                                        /** @description Our sound against all else, dB */
                                        level?: number;
                                        /** @description Why our sound was not found, though the microphone worked */
                                        why?: string;
                                    };
                                    reason?: string;
                                    state: string;
                                }[];
                                /** @enum {string} */
                                state: "queued" | "sent" | "delivered" | "read" | "accepted" | "declined" | "en-route" | "arrived" | "failed" | "expired" | "cancelled";
                                text: string;
                                unitId: string;
                            }[];
                            nextCursor?: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Roles: operator, supervisor, installer, integrator, officer, admin. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            automatic: boolean;
                            /** @description Why this unit: distance in metres, response circle in minutes */
                            choice: {
                                [key: string]: unknown;
                            };
                            deadline?: {
                                clock: string;
                                dueAt: string;
                            };
                            deviceId?: string;
                            exercise: boolean;
                            expiresAt: string;
                            id: string;
                            incidentId: string;
                            issuedAt: string;
                            kind: string;
                            priority: number;
                            reason: string;
                            rungs: {
                                at: string;
                                deviceId?: string;
                                /** @description What a microphone beside the loudspeaker made of the words */
                                proof?: {
                                    /** @description 0 to 1 */
                                    confidence?: number;
                                    /** @description Why the microphone could not be asked */
                                    deaf?: string;
                                    delayMs?: number;
                                    /** @description The camera whose microphone listened */
                                    ear: string;
                                    /** @description Our sound against all else, dB */
                                    level?: number;
                                    /** @description Why our sound was not found, though the microphone worked */
                                    why?: string;
                                };
                                reason?: string;
                                state: string;
                            }[];
                            /** @enum {string} */
                            state: "queued" | "sent" | "delivered" | "read" | "accepted" | "declined" | "en-route" | "arrived" | "failed" | "expired" | "cancelled";
                            text: string;
                            unitId: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Roles: operator, supervisor, admin. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": Record<string, never> | null;
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            automatic: boolean;
                            /** @description Why this unit: distance in metres, response circle in minutes */
                            choice: {
                                [key: string]: unknown;
                            };
                            deadline?: {
                                clock: string;
                                dueAt: string;
                            };
                            deviceId?: string;
                            exercise: boolean;
                            expiresAt: string;
                            id: string;
                            incidentId: string;
                            issuedAt: string;
                            kind: string;
                            priority: number;
                            reason: string;
                            rungs: {
                                at: string;
                                deviceId?: string;
                                /** @description What a microphone beside the loudspeaker made of the words */
                                proof?: {
                                    /** @description 0 to 1 */
                                    confidence?: number;
                                    /** @description Why the microphone could not be asked */
                                    deaf?: string;
                                    delayMs?: number;
                                    /** @description The camera whose microphone listened */
                                    ear: string;
                                    /** @description Our sound against all else, dB */
                                    level?: number;
                                    /** @description Why our sound was not found, though the microphone worked */
                                    why?: string;
                                };
                                reason?: string;
                                state: string;
                            }[];
                            /** @enum {string} */
                            state: "queued" | "sent" | "delivered" | "read" | "accepted" | "declined" | "en-route" | "arrived" | "failed" | "expired" | "cancelled";
                            text: string;
                            unitId: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/phrases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                en?: string;
                                id: string;
                                zh?: string;
                            }[];
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/device-health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Devices to be mended, each since when, and how many cameras of each grid are good
         * @description With format=csv the maintenance list, or with part=coverage the figures of the grids, as text/csv. Roles: operator, supervisor, installer, integrator, admin.
         */
        get: {
            parameters: {
                query?: {
                    format?: "json" | "csv";
                    gridId?: string;
                    part?: "maintenance" | "coverage";
                    siteId?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            at: string;
                            coverage: {
                                cameras: number;
                                faulty: number;
                                good: number;
                                grids: {
                                    cameras: number;
                                    faulty: number;
                                    good: number;
                                    gridId?: string;
                                    name?: string;
                                    percent?: number;
                                    unknown: number;
                                }[];
                                percent?: number;
                                unknown: number;
                            };
                            maintenance: {
                                detail: {
                                    [key: string]: unknown;
                                };
                                deviceId: string;
                                fault: string;
                                gridId?: string;
                                kind: string;
                                name: string;
                                since: string;
                                siteId?: string;
                                siteName?: string;
                            }[];
                        } | string;
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        password: string;
                        username: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            account: {
                                active: boolean;
                                id: string;
                                roles: string[];
                                stationIds: string[];
                                username: string;
                            };
                            expiresAt: string;
                            token: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            account?: {
                                active: boolean;
                                id: string;
                                roles: string[];
                                stationIds: string[];
                                username: string;
                            };
                            actor: {
                                kind: string;
                                name: string;
                                roles: string[];
                            };
                            expiresAt?: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        password: string;
                        token: string;
                        /** @default admin */
                        username?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            account: {
                                active: boolean;
                                id: string;
                                roles: string[];
                                stationIds: string[];
                                username: string;
                            };
                            expiresAt: string;
                            token: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Signals, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description nextCursor of the page before */
                    cursor?: string;
                    deviceId?: string;
                    incidentId?: string;
                    /** @description Items on a page */
                    limit?: number;
                    since?: string;
                    type?: "press" | "release" | "test" | "tamper" | "battery" | "heartbeat" | "unparsed" | "motion" | "line-crossing" | "intrusion" | "audio-alarm" | "digital-input" | "object" | "video-loss" | "report" | "playback" | "online" | "offline" | "silence";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                active: boolean;
                                at: string;
                                /** @description How often it was told while it lasted */
                                count: number;
                                data: {
                                    [key: string]: unknown;
                                };
                                deviceId: string;
                                eventId?: string;
                                exercise: boolean;
                                grade?: string;
                                id: string;
                                incidentId?: string;
                                lastAt: string;
                                receivedAt: string;
                                type: string;
                                via: string;
                            }[];
                            nextCursor?: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Tell a signal for a device
         * @description Roles: integrator, operator, supervisor, installer, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description false is the end of an activity */
                        active?: boolean;
                        /**
                         * Format: date-time
                         * @description The device's own clock
                         */
                        at?: string;
                        data?: {
                            [key: string]: unknown;
                        };
                        deviceId: string;
                        /** @description One event has one id: sent again, it is known */
                        eventId?: string;
                        /** @enum {string} */
                        grade?: "emergency" | "assist" | "duress";
                        /** @enum {string} */
                        type: "press" | "release" | "test" | "tamper" | "battery" | "heartbeat" | "motion" | "line-crossing" | "intrusion" | "audio-alarm" | "digital-input" | "object" | "video-loss" | "report" | "playback" | "online" | "offline";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            active: boolean;
                            at: string;
                            /** @description How often it was told while it lasted */
                            count: number;
                            data: {
                                [key: string]: unknown;
                            };
                            deviceId: string;
                            eventId?: string;
                            exercise: boolean;
                            grade?: string;
                            id: string;
                            incidentId?: string;
                            lastAt: string;
                            receivedAt: string;
                            type: string;
                            via: string;
                        };
                    };
                };
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            active: boolean;
                            at: string;
                            /** @description How often it was told while it lasted */
                            count: number;
                            data: {
                                [key: string]: unknown;
                            };
                            deviceId: string;
                            eventId?: string;
                            exercise: boolean;
                            grade?: string;
                            id: string;
                            incidentId?: string;
                            lastAt: string;
                            receivedAt: string;
                            type: string;
                            via: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List sites */
        get: {
            parameters: {
                query?: {
                    /** @description nextCursor of the page before */
                    cursor?: string;
                    gridId?: string;
                    kind?: string;
                    /** @description Items on a page */
                    limit?: number;
                    stationId?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                address: string;
                                contacts: (string | {
                                    [key: string]: string | number | boolean;
                                })[];
                                exercise: boolean;
                                /** @description Pictures and recordings of its incidents are kept so long */
                                footageDays?: number;
                                gridId?: string;
                                id: string;
                                kind: string;
                                /** @description WGS-84, degrees */
                                location?: {
                                    lat: number;
                                    lon: number;
                                };
                                name: string;
                                procedureId?: string;
                                stationId: string;
                            }[];
                            nextCursor?: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Register one of sites
         * @description Roles: installer, supervisor, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        address?: string;
                        contacts?: (string | {
                            [key: string]: string | number | boolean;
                        })[];
                        exercise?: boolean;
                        /** @description Pictures and recordings of its incidents are kept so long */
                        footageDays?: number;
                        gridId?: string;
                        id?: string;
                        kind: string;
                        /** @description WGS-84, degrees */
                        location?: {
                            lat: number;
                            lon: number;
                        };
                        name: string;
                        procedureId?: string;
                        stationId: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            address: string;
                            contacts: (string | {
                                [key: string]: string | number | boolean;
                            })[];
                            exercise: boolean;
                            /** @description Pictures and recordings of its incidents are kept so long */
                            footageDays?: number;
                            gridId?: string;
                            id: string;
                            kind: string;
                            /** @description WGS-84, degrees */
                            location?: {
                                lat: number;
                                lon: number;
                            };
                            name: string;
                            procedureId?: string;
                            stationId: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of sites */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            address: string;
                            contacts: (string | {
                                [key: string]: string | number | boolean;
                            })[];
                            exercise: boolean;
                            /** @description Pictures and recordings of its incidents are kept so long */
                            footageDays?: number;
                            gridId?: string;
                            id: string;
                            kind: string;
                            /** @description WGS-84, degrees */
                            location?: {
                                lat: number;
                                lon: number;
                            };
                            name: string;
                            procedureId?: string;
                            stationId: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Replace one of sites
         * @description Roles: installer, supervisor, admin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        address?: string;
                        contacts?: (string | {
                            [key: string]: string | number | boolean;
                        })[];
                        exercise?: boolean;
                        /** @description Pictures and recordings of its incidents are kept so long */
                        footageDays?: number;
                        gridId?: string;
                        id?: string;
                        kind: string;
                        /** @description WGS-84, degrees */
                        location?: {
                            lat: number;
                            lon: number;
                        };
                        name: string;
                        procedureId?: string;
                        stationId: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            address: string;
                            contacts: (string | {
                                [key: string]: string | number | boolean;
                            })[];
                            exercise: boolean;
                            /** @description Pictures and recordings of its incidents are kept so long */
                            footageDays?: number;
                            gridId?: string;
                            id: string;
                            kind: string;
                            /** @description WGS-84, degrees */
                            location?: {
                                lat: number;
                                lon: number;
                            };
                            name: string;
                            procedureId?: string;
                            stationId: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /**
         * Remove one of sites
         * @description Roles: installer, supervisor, admin.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/{id}/tests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The walk tests of a site, newest first
         * @description Roles: operator, supervisor, installer, integrator, admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description nextCursor of the page before */
                    cursor?: string;
                    /** @description Of the findings; the station's own when not said */
                    lang?: "zh" | "en";
                    /** @description Items on a page */
                    limit?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                at: string;
                                by: string;
                                deviceId: string;
                                endedAt?: string;
                                findings: {
                                    /** @enum {string} */
                                    code: "never-connected" | "wrong-password" | "wrong-name" | "wrong-driver" | "offline" | "silent" | "not-subscribed" | "wrong-topic" | "wrong-filter" | "unreadable" | "clock-off" | "stuck" | "watch-unreachable" | "watch-silent" | "watch-refused" | "watch-garbled" | "watch-busy" | "watch-unsupported" | "watch-misconfigured" | "not-watched" | "watch-lost" | "picture-fault" | "never-armed" | "test-due" | "driver-gone" | "settings-unfit" | "bridge-missing" | "bridge-unfit" | "bridge-offline" | "no-place" | "nobody-to-send" | "no-unit" | "no-route" | "no-ear" | "no-press" | "press-slow" | "battery-low" | "no-picture" | "no-stream" | "not-played" | "not-proved" | "not-delivered" | "carried-by-another" | "not-accepted" | "test-interrupted";
                                    /** @description What the person on the spot should do */
                                    do: string;
                                    text: string;
                                }[];
                                id: string;
                                /** @enum {string} */
                                kind: "key" | "camera" | "radio" | "loudspeaker";
                                measured: {
                                    [key: string]: unknown;
                                };
                                passed: boolean;
                                siteId?: string;
                                steps: {
                                    at: string;
                                    data?: {
                                        [key: string]: unknown;
                                    };
                                    step: string;
                                }[];
                            }[];
                            nextCursor?: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List stations */
        get: {
            parameters: {
                query?: {
                    /** @description nextCursor of the page before */
                    cursor?: string;
                    /** @description Items on a page */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                dutyUnitId?: string;
                                id: string;
                                /** @description WGS-84, degrees */
                                location?: {
                                    lat: number;
                                    lon: number;
                                };
                                name: string;
                            }[];
                            nextCursor?: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Register one of stations
         * @description Roles: supervisor, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        dutyUnitId?: string;
                        id?: string;
                        /** @description WGS-84, degrees */
                        location?: {
                            lat: number;
                            lon: number;
                        };
                        name: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            dutyUnitId?: string;
                            id: string;
                            /** @description WGS-84, degrees */
                            location?: {
                                lat: number;
                                lon: number;
                            };
                            name: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of stations */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            dutyUnitId?: string;
                            id: string;
                            /** @description WGS-84, degrees */
                            location?: {
                                lat: number;
                                lon: number;
                            };
                            name: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Replace one of stations
         * @description Roles: supervisor, admin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        dutyUnitId?: string;
                        id?: string;
                        /** @description WGS-84, degrees */
                        location?: {
                            lat: number;
                            lon: number;
                        };
                        name: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            dutyUnitId?: string;
                            id: string;
                            /** @description WGS-84, degrees */
                            location?: {
                                lat: number;
                                lon: number;
                            };
                            name: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /**
         * Remove one of stations
         * @description Roles: supervisor, admin.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    /** @description As the header Last-Event-ID, for clients that cannot set it */
                    lastEventId?: string;
                    /** @description Event types, separated by commas, each as far as it must agree, with or without baiying. */
                    types?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List units */
        get: {
            parameters: {
                query?: {
                    /** @description nextCursor of the page before */
                    cursor?: string;
                    deviceId?: string;
                    gridId?: string;
                    /** @description Items on a page */
                    limit?: number;
                    stationId?: string;
                    status?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                deviceIds: string[];
                                gridIds: string[];
                                id: string;
                                name: string;
                                stationId: string;
                                /** @enum {string} */
                                status: "available" | "busy" | "off-duty";
                                /** @enum {string} */
                                tier: "city" | "town" | "village";
                            }[];
                            nextCursor?: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Register one of units
         * @description Roles: installer, supervisor, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        deviceIds?: string[];
                        gridIds?: string[];
                        id?: string;
                        name: string;
                        stationId: string;
                        /** @enum {string} */
                        status?: "available" | "busy" | "off-duty";
                        /** @enum {string} */
                        tier: "city" | "town" | "village";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            deviceIds: string[];
                            gridIds: string[];
                            id: string;
                            name: string;
                            stationId: string;
                            /** @enum {string} */
                            status: "available" | "busy" | "off-duty";
                            /** @enum {string} */
                            tier: "city" | "town" | "village";
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/units/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of units */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            deviceIds: string[];
                            gridIds: string[];
                            id: string;
                            name: string;
                            stationId: string;
                            /** @enum {string} */
                            status: "available" | "busy" | "off-duty";
                            /** @enum {string} */
                            tier: "city" | "town" | "village";
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Replace one of units
         * @description Roles: installer, supervisor, admin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        deviceIds?: string[];
                        gridIds?: string[];
                        id?: string;
                        name: string;
                        stationId: string;
                        /** @enum {string} */
                        status?: "available" | "busy" | "off-duty";
                        /** @enum {string} */
                        tier: "city" | "town" | "village";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            deviceIds: string[];
                            gridIds: string[];
                            id: string;
                            name: string;
                            stationId: string;
                            /** @enum {string} */
                            status: "available" | "busy" | "off-duty";
                            /** @enum {string} */
                            tier: "city" | "town" | "village";
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /**
         * Remove one of units
         * @description Roles: installer, supervisor, admin.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Roles: integrator, admin. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                /** @description False after its receiver answered 410; replaying a delivery makes it active again */
                                active: boolean;
                                createdAt: string;
                                createdBy: string;
                                id: string;
                                types: string[];
                                url: string;
                            }[];
                            nextCursor?: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** @description Roles: integrator, admin. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Signing key (Standard Webhooks); one is made when absent */
                        secret?: string;
                        /**
                         * @description Event types, each as far as it must agree, with or without baiying.; * is all
                         * @default [
                         *       "*"
                         *     ]
                         */
                        types?: string[];
                        /** @description http or https; private networks only where the settings allow them */
                        url: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description False after its receiver answered 410; replaying a delivery makes it active again */
                            active: boolean;
                            createdAt: string;
                            createdBy: string;
                            id: string;
                            /** @description Shown this once */
                            secret: string;
                            types: string[];
                            url: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Roles: integrator, admin. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description False after its receiver answered 410; replaying a delivery makes it active again */
                            active: boolean;
                            createdAt: string;
                            createdBy: string;
                            id: string;
                            types: string[];
                            url: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** @description Roles: integrator, admin. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Roles: integrator, admin. */
        get: {
            parameters: {
                query?: {
                    /** @description nextCursor of the page before */
                    cursor?: string;
                    /** @description Items on a page */
                    limit?: number;
                    state?: "waiting" | "delivered" | "dead";
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                attempts: number;
                                createdAt: string;
                                doneAt?: string;
                                /** @description CloudEvents 1.0 */
                                event: {
                                    [key: string]: unknown;
                                };
                                id: string;
                                lastError?: string;
                                lastStatus?: number;
                                nextAt?: string;
                                /** @enum {string} */
                                state: "waiting" | "delivered" | "dead";
                                webhookId: string;
                            }[];
                            nextCursor?: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Roles: integrator, admin. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": Record<string, never> | null;
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            deliveryId: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/deliveries/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Roles: integrator, admin. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": Record<string, never> | null;
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            attempts: number;
                            createdAt: string;
                            doneAt?: string;
                            /** @description CloudEvents 1.0 */
                            event: {
                                [key: string]: unknown;
                            };
                            id: string;
                            lastError?: string;
                            lastStatus?: number;
                            nextAt?: string;
                            /** @enum {string} */
                            state: "waiting" | "delivered" | "dead";
                            webhookId: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/zones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List zones */
        get: {
            parameters: {
                query?: {
                    /** @description nextCursor of the page before */
                    cursor?: string;
                    /** @description Items on a page */
                    limit?: number;
                    loudspeakerId?: string;
                    stationId?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                id: string;
                                loudspeakerIds: string[];
                                name: string;
                                stationId: string;
                            }[];
                            nextCursor?: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Register one of zones
         * @description Roles: installer, supervisor, admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        id?: string;
                        loudspeakerIds: string[];
                        name: string;
                        stationId: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            loudspeakerIds: string[];
                            name: string;
                            stationId: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/zones/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of zones */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            loudspeakerIds: string[];
                            name: string;
                            stationId: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Replace one of zones
         * @description Roles: installer, supervisor, admin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        id?: string;
                        loudspeakerIds: string[];
                        name: string;
                        stationId: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            loudspeakerIds: string[];
                            name: string;
                            stationId: string;
                        };
                    };
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /**
         * Remove one of zones
         * @description Roles: installer, supervisor, admin.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Problem document (RFC 9457) */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            /** @enum {string} */
            code: "body-invalid" | "body-unreadable" | "body-too-large" | "media-type-unsupported" | "credential-missing" | "credential-wrong" | "role-missing" | "origin-refused" | "not-found" | "console-not-built" | "already-exists" | "still-in-use" | "incident-closed" | "incident-not-yours" | "steps-missing" | "incident-silent" | "order-ended" | "broadcast-ended" | "idempotency-conflict" | "idempotency-running" | "set-up-link-spent" | "rate-limited" | "record-unavailable" | "settings-unfit" | "overloaded" | "not-implemented" | "device-unreachable" | "device-silent" | "device-refused" | "device-garbled" | "device-busy" | "device-misconfigured" | "camera-held" | "picture-unfit" | "media-unavailable" | "test-under-way" | "radio-without-unit" | "unit-engaged" | "range-unfit" | "internal";
            detail: string;
            faults: {
                message: string;
                path: string;
            }[];
            /** @description What to do */
            remedy: string;
            requestId: string;
            /** @description Whether the same request may succeed later */
            retry: boolean;
            status: number;
            title: string;
            /** @description urn:baiying:error:<code> */
            type: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
