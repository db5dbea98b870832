// Made by scripts/generate.ts from the routes of services/dispatch.
export interface paths {
    "/api/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Accounts
         * @description Roles: auditor, admin.
         */
        get: operations["getAccounts"];
        put?: never;
        /**
         * Make an account
         * @description Roles: admin.
         */
        post: operations["postAccounts"];
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
        /**
         * One account
         * @description Roles: auditor, admin.
         */
        get: operations["getAccountsById"];
        /**
         * Change an account
         * @description Roles: admin.
         */
        put: operations["putAccountsById"];
        post?: never;
        /**
         * Remove an account
         * @description Roles: admin.
         */
        delete: operations["deleteAccountsById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}/reset-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a link with which a person sets a new password
         * @description Roles: admin.
         */
        post: operations["postAccountsByIdResetLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take the second factor off an account
         * @description Signs the person out everywhere. Roles: admin.
         */
        delete: operations["deleteAccountsByIdSecondFactor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where an account is signed in
         * @description Roles: auditor, admin.
         */
        get: operations["getAccountsByIdSessions"];
        put?: never;
        post?: never;
        /**
         * Sign an account out everywhere
         * @description Roles: admin.
         */
        delete: operations["deleteAccountsByIdSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{id}/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one session of an account
         * @description Roles: admin.
         */
        delete: operations["deleteAccountsByIdSessionsBySessionId"];
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
        /**
         * API keys, without the keys themselves
         * @description Roles: auditor, admin.
         */
        get: operations["getApiKeys"];
        put?: never;
        /**
         * Make an API key; it is shown this once
         * @description Roles: admin.
         */
        post: operations["postApiKeys"];
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
        /**
         * Take an API key back; it ends at once
         * @description Roles: admin.
         */
        delete: operations["deleteApiKeysById"];
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
        /**
         * The audit trail, newest first
         * @description Roles: auditor, admin.
         */
        get: operations["getAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The audit trail as a sheet
         * @description The same search as a table for spreadsheets: UTF-8, newest first, the 100,000 newest that fit. Roles: auditor, admin.
         */
        get: operations["getAuditExport"];
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
        /**
         * Recompute the hash chain of the audit trail
         * @description Roles: auditor, admin.
         */
        get: operations["getAuditVerify"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/broadcast-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Broadcasts that waited, or wait, for a second person
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getBroadcastRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/broadcast-requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of them
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getBroadcastRequestsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/broadcast-requests/{id}/consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Consent as the second person
         * @description By a second person: never who asked, never who made the API key that asked, and no program. Roles: operator, supervisor, admin.
         */
        post: operations["postBroadcastRequestsByIdConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/broadcast-requests/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refuse as the second person
         * @description Whoever asked may take it back so. Roles: operator, supervisor, admin.
         */
        post: operations["postBroadcastRequestsByIdRefuse"];
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
        /**
         * Broadcasts, newest first
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getBroadcasts"];
        put?: never;
        /**
         * Have loudspeakers speak
         * @description Roles: operator, supervisor, admin.
         */
        post: operations["postBroadcasts"];
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
        /**
         * One broadcast with what became of it on each loudspeaker
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getBroadcastsById"];
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
        /**
         * Stop a broadcast
         * @description Roles: operator, supervisor, admin.
         */
        post: operations["postBroadcastsByIdStop"];
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
        get: operations["getBroadcastsByIdTalk"];
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
         * @description Before each initialisation segment a JSON text message with codec, width and height; then binary messages of fragmented MP4. JSON messages of type trouble say what is wrong with the camera. Roles: operator, supervisor, installer, admin, officer.
         */
        get: operations["getCamerasByIdLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{id}/loudspeakers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The loudspeakers that a broadcast by cameraId speaks through
         * @description Roles: operator, supervisor, installer, admin, auditor.
         */
        get: operations["getCamerasByIdLoudspeakers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{id}/neighbours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The next cameras along the street
         * @description Roles: operator, supervisor, installer, admin, auditor.
         */
        get: operations["getCamerasByIdNeighbours"];
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
         * @description Roles: operator, supervisor, installer, admin, auditor.
         */
        get: operations["getCamerasByIdPresets"];
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
         * @description Roles: operator, supervisor, installer, admin, auditor.
         */
        get: operations["getCamerasByIdPtz"];
        put?: never;
        /**
         * Turn the camera, and hold it for a minute
         * @description Roles: operator, supervisor, installer, admin.
         */
        post: operations["postCamerasByIdPtz"];
        /**
         * Let go of the camera
         * @description Roles: operator, supervisor, installer, admin.
         */
        delete: operations["deleteCamerasByIdPtz"];
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
        post: operations["postCamerasByIdReference"];
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
        post: operations["postCamerasByIdRelay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cameras/{id}/reported-fault": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put the camera onto the maintenance list
         * @description Roles: operator, supervisor, installer, admin.
         */
        put: operations["putCamerasByIdReportedFault"];
        post?: never;
        /**
         * The camera was mended: off the maintenance list
         * @description Roles: supervisor, installer, admin.
         */
        delete: operations["deleteCamerasByIdReportedFault"];
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
         * @description X-Picture-Via says how it was had (http, key-frame, rtsp), X-Picture-At when, Age how many seconds old it is. Roles: operator, supervisor, installer, admin, officer.
         */
        get: operations["getCamerasByIdSnapshot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/colleagues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Accounts that can take an incident
         * @description Roles: operator, supervisor, admin, auditor.
         */
        get: operations["getColleagues"];
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
        /**
         * List devices
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getDevices"];
        put?: never;
        /**
         * Register a device
         * @description Roles: installer, supervisor, admin.
         */
        post: operations["postDevices"];
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
        /**
         * One of devices
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getDevicesById"];
        /**
         * Replace one of devices
         * @description Roles: installer, supervisor, admin.
         */
        put: operations["putDevicesById"];
        post?: never;
        /**
         * Remove one of devices
         * @description Roles: installer, supervisor, admin.
         */
        delete: operations["deleteDevicesById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{id}/bindings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Bind cameras to a key, or the ear and the fallback of a loudspeaker
         * @description Roles: installer, supervisor, admin.
         */
        put: operations["putDevicesByIdBindings"];
        post?: never;
        delete?: never;
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
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getDevicesByIdDoctor"];
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
        post: operations["postDevicesByIdPublish"];
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
        post: operations["postDevicesByIdSecret"];
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
        post: operations["postDevicesByIdTest"];
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
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getDevicesByIdTests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/adopt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try many found devices with one credential, and register those that take it
         * @description Each is told on /stream as baiying.device-adoption.step.v1 when it is done, and again in the answer; none is left out. Roles: installer, supervisor, admin.
         */
        post: operations["postDevicesAdopt"];
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
        post: operations["postDevicesDiscover"];
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
        /**
         * The sheet of all devices
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getDevicesExport"];
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
         * @description A site is named by its id, or by its name where no other site bears it. Roles: installer, supervisor, admin.
         */
        post: operations["postDevicesImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a device before it is saved: what it says of itself, and one picture
         * @description Nothing is registered. What stands in the way is told in troubles; the credential is tried once. Roles: installer, supervisor, admin.
         */
        post: operations["postDevicesTry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drivers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The drivers, with the settings of each as JSON Schema
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getDrivers"];
        put?: never;
        post?: never;
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
        /**
         * List grids
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getGrids"];
        put?: never;
        /**
         * Register one of grids
         * @description Roles: supervisor, admin.
         */
        post: operations["postGrids"];
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
        /**
         * One of grids
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getGridsById"];
        /**
         * Replace one of grids
         * @description Roles: supervisor, admin.
         */
        put: operations["putGridsById"];
        post?: never;
        /**
         * Remove one of grids
         * @description Roles: supervisor, admin.
         */
        delete: operations["deleteGridsById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handovers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Handovers of shifts, newest first
         * @description Roles: operator, supervisor, auditor, admin.
         */
        get: operations["getHandovers"];
        put?: never;
        /**
         * Prepare a handover
         * @description Collects what is open now; a draft of yours is collected anew. Roles: operator, supervisor, admin.
         */
        post: operations["postHandovers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handovers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One handover
         * @description Roles: operator, supervisor, auditor, admin.
         */
        get: operations["getHandoversById"];
        /**
         * Change a handover that nobody signed yet
         * @description Roles: operator, supervisor, admin.
         */
        put: operations["putHandoversById"];
        post?: never;
        /**
         * Throw a handover away that nobody signed yet
         * @description Roles: operator, supervisor, admin.
         */
        delete: operations["deleteHandoversById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handovers/{id}/sign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign as the outgoing person
         * @description The outgoing signature. Roles: operator, supervisor, admin.
         */
        post: operations["postHandoversByIdSign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handovers/{id}/take-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign as the incoming person
         * @description The incoming signature, with the name and password of who comes. Roles: operator, supervisor, admin.
         */
        post: operations["postHandoversByIdTakeOver"];
        delete?: never;
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
        /**
         * Incidents, newest first
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getIncidents"];
        put?: never;
        /**
         * Open an incident
         * @description Roles: operator, supervisor, integrator, admin.
         */
        post: operations["postIncidents"];
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
        /**
         * One incident with its timeline, orders and broadcasts
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getIncidentsById"];
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
        /**
         * Acknowledge: the desk has seen it
         * @description Roles: operator, supervisor, admin.
         */
        post: operations["postIncidentsByIdAcknowledge"];
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
        /**
         * Have loudspeakers speak for the incident
         * @description Roles: operator, supervisor, admin.
         */
        post: operations["postIncidentsByIdBroadcasts"];
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
        /**
         * Recompute the hash chain of its timeline
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getIncidentsByIdChain"];
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
        /**
         * Close; with disposition non-police it is handed over to 12345
         * @description Roles: operator, supervisor, admin.
         */
        post: operations["postIncidentsByIdClose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{id}/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One incident as a signed bundle, checked offline with npx baiying verify
         * @description One ZIP: the timeline as it was hashed, signals, orders with their receipts, broadcasts with their verdicts, pictures and recordings,
         *     `manifest.json` with the SHA-256 of every part, and `manifest.sig`, its Ed25519 signature. What is missing, as a picture whose time was over, stands
         *     in the manifest with the reason. It is written while it is read, so its length is not known before. Who takes it is on the audit trail. Roles: operator, supervisor, admin, auditor.
         */
        get: operations["getIncidentsByIdEvidence"];
        put?: never;
        post?: never;
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
         * @description Roles: operator, supervisor, admin, auditor.
         */
        get: operations["getIncidentsByIdFootageByFootageId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{id}/hand-on": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Offer the incident to a colleague, who takes it or leaves it
         * @description Roles: operator, supervisor, admin.
         */
        post: operations["postIncidentsByIdHandOn"];
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
        /**
         * Write a note on the timeline
         * @description Roles: operator, supervisor, admin.
         */
        post: operations["postIncidentsByIdNotes"];
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
        /**
         * Order units by name, or the nearest
         * @description Roles: operator, supervisor, admin.
         */
        post: operations["postIncidentsByIdOrders"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{id}/steps/{stepId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tick a step of the procedure, or take the tick back
         * @description Roles: operator, supervisor, admin.
         */
        post: operations["postIncidentsByIdStepsByStepId"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{id}/surroundings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What stands around: the site with whom to call, cameras, loudspeakers, and the units by nearness
         * @description Roles: operator, supervisor, admin, auditor.
         */
        get: operations["getIncidentsByIdSurroundings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{id}/take-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have the incident, also one that was offered
         * @description Roles: operator, supervisor, admin.
         */
        post: operations["postIncidentsByIdTakeOver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/map/coverage/{gridId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which ground of a grid good cameras see, and which nobody sees
         * @description Walls and trees are not known: it is the most that can be seen. A camera without a bearing covers nothing. Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getMapCoverageByGridId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/map/places": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stations, grids, sites, cameras, loudspeakers and units, as they are registered
         * @description One compressed answer with an ETag. The event baiying.register.changed.v1 says that there may be another one.
         */
        get: operations["getMapPlaces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/map/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open incidents, sites and devices that are not well, and where the units are
         * @description One compressed answer with an ETag. Between two of them baiying.unit.moved.v1 says where units are; events of incidents, orders and cameras say that there is another one. Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getMapState"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/map/tiles.pmtiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The file with the streets (PMTiles 3); takes Range */
        get: operations["getMapTilesPmtiles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The own account */
        get: operations["getMe"];
        /** Change what is the own: the language */
        put: operations["putMe"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change the own password
         * @description Signs the person out everywhere else.
         */
        put: operations["putMePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the own account has a second factor */
        get: operations["getMeSecondFactor"];
        put?: never;
        /** Begin to put on a second factor */
        post: operations["postMeSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/second-factor/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put it on with a first code
         * @description With a code of the app that has taken the secret. Signs the person out everywhere else.
         */
        post: operations["postMeSecondFactorConfirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/second-factor/off": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take the own second factor off */
        post: operations["postMeSecondFactorOff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where one is signed in oneself */
        get: operations["getMeSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/officer/duty": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put the own unit on duty or off duty
         * @description Roles: officer, admin.
         */
        post: operations["postOfficerDuty"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/officer/emergency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The officer calls for help
         * @description Roles: officer, admin.
         */
        post: operations["postOfficerEmergency"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/officer/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The open orders of the officer's unit, with the site, its contacts and cameras
         * @description Roles: officer, admin.
         */
        get: operations["getOfficerOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/officer/position": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Where the officer is
         * @description Roles: officer, admin.
         */
        post: operations["postOfficerPosition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/officer/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer an order of the own unit
         * @description Roles: officer, admin.
         */
        post: operations["postOfficerReports"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/officer/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same, whenever it changes (server-sent events)
         * @description Events `orders` as GET /officer/orders answers, and `alive` every ten seconds. While it is open, the phone of the unit is online. Roles: officer, admin.
         */
        get: operations["getOfficerStream"];
        put?: never;
        post?: never;
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
        /**
         * Orders, newest first
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getOrders"];
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
        /**
         * One order with its receipts
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getOrdersById"];
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
        /**
         * Call an order off
         * @description Roles: operator, supervisor, admin.
         */
        post: operations["postOrdersByIdCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/password-resets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set a new password with such a link */
        post: operations["postPasswordResets"];
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
        /**
         * Sentences that loudspeakers can be asked to say
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getPhrases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The policies in force
         * @description Roles: supervisor, auditor, admin.
         */
        get: operations["getPolicies"];
        /**
         * Put changed policies in force
         * @description Roles: supervisor, admin.
         */
        put: operations["putPolicies"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What changed policies would have done to past signals
         * @description Lives through the incidents of the last seven days again, under the policies in force and under the proposed ones: units answer as fast as the record says, people act when they did. Nothing is written. Which incidents are neighbours (sorting.window) is not replayed. Roles: supervisor, admin.
         */
        post: operations["postPoliciesPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go back to the policies of the files
         * @description Puts what stands in the files in force again. Roles: supervisor, admin.
         */
        post: operations["postPoliciesReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Earlier versions, newest first
         * @description Roles: supervisor, auditor, admin.
         */
        get: operations["getPoliciesVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/procedures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List procedures
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getProcedures"];
        put?: never;
        /**
         * Register one of procedures
         * @description Roles: supervisor, admin.
         */
        post: operations["postProcedures"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/procedures/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of procedures
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getProceduresById"];
        /**
         * Replace one of procedures
         * @description Roles: supervisor, admin.
         */
        put: operations["putProceduresById"];
        post?: never;
        /**
         * Remove one of procedures
         * @description Roles: supervisor, admin.
         */
        delete: operations["deleteProceduresById"];
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
         * @description With format=csv or xlsx the maintenance list, or with part=coverage the figures of the grids, as a table. Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getReportsDeviceHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/false-alarms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What closed incidents turned out to be, by the device that called; the most false alarms first
         * @description The last thirty days when no time is said. With format=csv or xlsx as a table. Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getReportsFalseAlarms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/hot-spots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where and when incidents happen: the fifty busiest sites and grids beside the time before, and the hours of the week
         * @description Without false alarms, tests and duplicates. Hours are of the wall clock of BAIYING_TIME_ZONE. The last seven days when no time is said. With format=csv or xlsx one part as a table. Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getReportsHotSpots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/response-times": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How long incidents waited for an answer, a unit and an arrival, by station
         * @description Without those that turned out to be tests or duplicates. The last thirty days when no time is said. With format=csv or xlsx as a table. Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getReportsResponseTimes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/rounds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Video patrols of a time: planned, done and missed, and the findings of each operator and camera
         * @description With format=csv or xlsx one part of it as a table. The last thirty days when no time is said. Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getReportsRounds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/tests-due": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Devices whose test is due: keys weekly, all else monthly
         * @description A press, the test button or a passed walk test prove a key; a passed walk test proves the others. format=csv and xlsx give a table. Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getReportsTestsDue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rounds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Scheduled video patrols
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getRounds"];
        put?: never;
        /**
         * Plan a video patrol
         * @description Roles: supervisor, admin.
         */
        post: operations["postRounds"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rounds/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of the plans
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getRoundsById"];
        /**
         * Change a plan; runs that were begun stay as they are
         * @description Roles: supervisor, admin.
         */
        put: operations["putRoundsById"];
        post?: never;
        /**
         * Remove a plan; its runs stay in the record
         * @description Roles: supervisor, admin.
         */
        delete: operations["deleteRoundsById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rounds/{id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin a run: the one that is due, the next one a little early, or one of your own
         * @description Roles: operator, supervisor, admin.
         */
        post: operations["postRoundsByIdRuns"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rounds/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who looked at which camera when, the latest first
         * @description Written by the server that showed the pictures, from the first one shown to the last. Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getRoundsLedger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rounds/unseen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Cameras at which nobody looked for so many days, those never looked at first
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getRoundsUnseen"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Runs of video patrols, the latest first
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One run with its findings
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getRunsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}/abandon": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a run up, and say why
         * @description Roles: operator, supervisor, admin.
         */
        post: operations["postRunsByIdAbandon"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a run of which every stop has a finding
         * @description Roles: operator, supervisor, admin.
         */
        post: operations["postRunsByIdEnd"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{id}/stops/{stop}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What was found at a stop
         * @description A finding may be put right while the run is under way, save an incident. A camera fault goes onto the maintenance list. Roles: operator, supervisor, admin.
         */
        post: operations["postRunsByIdStopsByStop"];
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
        /** Sign in with user name and password; programs use API keys instead */
        post: operations["postSessions"];
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
        /** Who is signed in */
        get: operations["getSessionsCurrent"];
        put?: never;
        post?: never;
        /** Sign out */
        delete: operations["deleteSessionsCurrent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/single-sign-on": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Go to the issuer of identities to sign in
         * @description Sends a browser to the issuer of identities.
         */
        get: operations["getSessionsSingleSignOn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/single-sign-on/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Come back from the issuer of identities
         * @description Where the issuer sends the browser back to.
         */
        get: operations["getSessionsSingleSignOnCallback"];
        put?: never;
        post?: never;
        delete?: never;
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
        /** Make the first account with the link that the start printed */
        post: operations["postSetup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup/demo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start the simulated county
         * @description Starts a county of simulated devices. All of it is marked as an exercise. Roles: admin.
         */
        post: operations["postSetupDemo"];
        /**
         * End the simulated county and take it out of the register
         * @description Sends its devices home and takes the county out of the register. What happened in it stays in the record, as an exercise. Roles: admin.
         */
        delete: operations["deleteSetupDemo"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far the first run has come
         * @description Roles: auditor, admin.
         */
        get: operations["getSetupProgress"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether an account exists yet, and how one may sign in
         * @description Whether anybody has an account, and how one may sign in.
         */
        get: operations["getSetupState"];
        put?: never;
        post?: never;
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
        /**
         * Signals, newest first
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getSignals"];
        put?: never;
        /**
         * Tell a signal for a device
         * @description An answer to an order or a broadcast (`report`, `playback`) is taken from whoever may order, and for a radio of driver `webhook` from the system behind it. Roles: integrator, operator, supervisor, installer, admin.
         */
        post: operations["postSignals"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signing-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The public keys that evidence and heads are signed with; anybody may compare them */
        get: operations["getSigningKeys"];
        put?: never;
        /**
         * Renew the signing key
         * @description Makes a new signing key. The old one signs no more and stays in the list with `retiredAt`, for what it signed before; devices refuse it from a minute after that. Roles: admin.
         */
        post: operations["postSigningKeys"];
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
        /**
         * List sites
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getSites"];
        put?: never;
        /**
         * Register one of sites
         * @description Roles: installer, supervisor, admin.
         */
        post: operations["postSites"];
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
        /**
         * One of sites
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getSitesById"];
        /**
         * Replace one of sites
         * @description Roles: installer, supervisor, admin.
         */
        put: operations["putSitesById"];
        post?: never;
        /**
         * Remove one of sites
         * @description Roles: installer, supervisor, admin.
         */
        delete: operations["deleteSitesById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/{id}/bindings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Bind cameras to a site, wherever they stand
         * @description Roles: installer, supervisor, admin.
         */
        put: operations["putSitesByIdBindings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/{id}/installation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All devices of a site with their state and their bindings
         * @description Roles: operator, supervisor, installer, admin, auditor.
         */
        get: operations["getSitesByIdInstallation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/{id}/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The floor plans of a site
         * @description Roles: operator, supervisor, installer, admin, auditor.
         */
        get: operations["getSitesByIdPlans"];
        put?: never;
        /**
         * Add a floor plan: a PNG or JPEG of 5 MB at most
         * @description Roles: installer, supervisor, admin.
         */
        post: operations["postSitesByIdPlans"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/{id}/plans/{planId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The picture of a floor plan
         * @description Roles: operator, supervisor, installer, admin, auditor.
         */
        get: operations["getSitesByIdPlansByPlanId"];
        put?: never;
        post?: never;
        /**
         * Remove a floor plan; what stood on it stands on none
         * @description Roles: installer, supervisor, admin.
         */
        delete: operations["deleteSitesByIdPlansByPlanId"];
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
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getSitesByIdTests"];
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
        /**
         * List stations
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getStations"];
        put?: never;
        /**
         * Register one of stations
         * @description Roles: supervisor, admin.
         */
        post: operations["postStations"];
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
        /**
         * One of stations
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getStationsById"];
        /**
         * Replace one of stations
         * @description Roles: supervisor, admin.
         */
        put: operations["putStationsById"];
        post?: never;
        /**
         * Remove one of stations
         * @description Roles: supervisor, admin.
         */
        delete: operations["deleteStationsById"];
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
        /**
         * Every change as it happens (server-sent events), from a place on
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getStream"];
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
        /**
         * List units
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getUnits"];
        put?: never;
        /**
         * Register one of units
         * @description Roles: installer, supervisor, admin.
         */
        post: operations["postUnits"];
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
        /**
         * One of units
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getUnitsById"];
        /**
         * Replace one of units
         * @description Roles: installer, supervisor, admin.
         */
        put: operations["putUnitsById"];
        post?: never;
        /**
         * Remove one of units
         * @description Roles: installer, supervisor, admin.
         */
        delete: operations["deleteUnitsById"];
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
        /**
         * Webhooks
         * @description Roles: integrator, admin, auditor.
         */
        get: operations["getWebhooks"];
        put?: never;
        /**
         * Have events sent to an address
         * @description Roles: integrator, admin.
         */
        post: operations["postWebhooks"];
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
        /**
         * One webhook
         * @description Roles: integrator, admin, auditor.
         */
        get: operations["getWebhooksById"];
        put?: never;
        post?: never;
        /**
         * Remove a webhook
         * @description Roles: integrator, admin.
         */
        delete: operations["deleteWebhooksById"];
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
        /**
         * Deliveries of one webhook, newest first
         * @description Roles: integrator, admin, auditor.
         */
        get: operations["getWebhooksByIdDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give it a new secret; the one before signs as well for a day
         * @description Roles: integrator, admin.
         */
        post: operations["postWebhooksByIdSecret"];
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
        /**
         * Send it one event of type baiying.webhook.test.v1
         * @description Roles: integrator, admin.
         */
        post: operations["postWebhooksByIdTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Deliveries of all webhooks, newest first
         * @description Of all webhooks; state=dead are the dead letters. Roles: integrator, admin, auditor.
         */
        get: operations["getWebhooksDeliveries"];
        put?: never;
        post?: never;
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
        /**
         * Deliver once more, with the same webhook-id
         * @description Roles: integrator, admin.
         */
        post: operations["postWebhooksDeliveriesByIdReplay"];
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
        /**
         * List zones
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getZones"];
        put?: never;
        /**
         * Register one of zones
         * @description Roles: installer, supervisor, admin.
         */
        post: operations["postZones"];
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
        /**
         * One of zones
         * @description Roles: operator, supervisor, installer, integrator, admin, auditor.
         */
        get: operations["getZonesById"];
        /**
         * Replace one of zones
         * @description Roles: installer, supervisor, admin.
         */
        put: operations["putZonesById"];
        post?: never;
        /**
         * Remove one of zones
         * @description Roles: installer, supervisor, admin.
         */
        delete: operations["deleteZonesById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Account: {
            active: boolean;
            createdAt: string;
            id: string;
            /** @description Who the person is at the issuer of identities; who proves to be that there comes in without the password */
            identity?: string;
            /**
             * @description What the person reads; the language of the browser when absent
             * @enum {string}
             */
            language?: "zh" | "en";
            roles: string[];
            stationIds: string[];
            /** @description Of an officer: the unit whose orders the account sees and answers */
            unitId?: string;
            username: string;
        };
        ApiKey: {
            createdAt: string;
            /** @description The account that the key belongs to; one that a key made belongs to whoever made the first */
            createdBy: string;
            expiresAt?: string;
            id: string;
            lastUsedAt?: string;
            name: string;
            roles: string[];
            scopes: string[];
        };
        AuditEntry: {
            act: string;
            at: string;
            by: string;
            data: {
                [key: string]: unknown;
            };
            hash: string;
            seq: number;
            subject: string;
            /** @description How the subject is called now; left out where it is gone or has no name */
            subjectName?: string;
        };
        Broadcast: {
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
                    /** @description When the unit answered, where its answer was kept out of reach and came late */
                    saidAt?: string;
                    state: string;
                }[];
                /** @enum {string} */
                state: "queued" | "playing" | "heard" | "played" | "sent" | "failed" | "stopped";
            }[];
            text?: string;
            volume?: number;
            zoneId?: string;
        };
        BroadcastRequest: {
            askedAt: string;
            decidedAt?: string;
            decidedBy?: string;
            deviceIds: string[];
            exercise: boolean;
            /** @description The broadcast's own, once there is consent */
            id: string;
            incidentId?: string;
            /** @enum {string} */
            lang: "zh" | "en";
            live: boolean;
            /** @description Whose consent does not count: who asked, or who made the API key that did */
            owner: string;
            phraseId?: string;
            reason?: string;
            requestedBy: string;
            siteIds: string[];
            /** @enum {string} */
            state: "awaiting-consent" | "consented" | "refused" | "lapsed";
            text?: string;
            /** @description Without consent by then it is given up */
            until: string;
            zoneId?: string;
        };
        ChainVerdict: {
            brokenAt?: number;
            entries: number;
            head?: string;
            intact: boolean;
            /** @enum {string} */
            why?: "entry-changed" | "entry-missing" | "entry-out-of-place" | "end-missing" | "picture-taken-out" | "picture-changed" | "picture-unknown";
        };
        Device: {
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
        DeviceHeard: {
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
        FloorPlan: {
            at: string;
            bytes: number;
            height: number;
            id: string;
            mediaType: string;
            name: string;
            sha256: string;
            siteId: string;
            /** @description Pixels */
            width: number;
        };
        Grid: {
            /** @description GeoJSON Polygon (RFC 7946): closed rings of [lon, lat] */
            area?: {
                coordinates: [
                    number,
                    number
                ][][];
                /** @constant */
                type: "Polygon";
            };
            id: string;
            name: string;
            officerUnitId?: string;
            stationId: string;
            unitIds: string[];
        };
        Handover: {
            collectedAt: string;
            hash?: string;
            id: string;
            incoming?: {
                name: string;
                signedAt?: string;
            };
            /** @description Of a signed one: its content still has the hash that was signed */
            intact?: boolean;
            items: ({
                acknowledgedBy?: string;
                exercise: boolean;
                /** @description Who sees it through; absent where nobody has it */
                holder?: string;
                incidentId: string;
                /** @description Names the thing across collections */
                key: string;
                /** @constant */
                kind: "incident";
                note?: string;
                number: number;
                openedAt: string;
                priority: number;
                siteName?: string;
                state: string;
                what: string;
            } | {
                exercise: boolean;
                incidentId: string;
                issuedAt: string;
                /** @description Names the thing across collections */
                key: string;
                /** @constant */
                kind: "order";
                note?: string;
                number: number;
                orderId: string;
                state: string;
                unitName: string;
            } | {
                deviceId: string;
                deviceKind: string;
                exercise: boolean;
                /** @description Names the thing across collections */
                key: string;
                /** @constant */
                kind: "device";
                name: string;
                note?: string;
                since: string;
                siteName?: string;
                trouble: string;
            } | {
                dueAt: string;
                exercise: boolean;
                /** @description Names the thing across collections */
                key: string;
                /** @constant */
                kind: "round";
                name: string;
                note?: string;
                runId: string;
            })[];
            /** @description Open things beyond what a page holds */
            leftOut: number;
            notes: string;
            outgoing: {
                name: string;
                signedAt?: string;
            };
            /**
             * @description offered: the outgoing person has signed, the incoming one not yet
             * @enum {string}
             */
            state: "draft" | "offered" | "signed";
        };
        HandoverListed: {
            collectedAt: string;
            hash?: string;
            id: string;
            incoming?: {
                name: string;
                signedAt?: string;
            };
            /** @description How many things it lists */
            open: number;
            outgoing: {
                name: string;
                signedAt?: string;
            };
            /**
             * @description offered: the outgoing person has signed, the incoming one not yet
             * @enum {string}
             */
            state: "draft" | "offered" | "signed";
        };
        Incident: {
            acknowledgedAt?: string;
            acknowledgedBy?: string;
            arrivedAt?: string;
            clock?: {
                level: number;
                name: string;
                /** @description What is done when this clock runs out, and which unit that will be where it is known */
                next: {
                    en: string;
                    /** @enum {string} */
                    step: "sound-again" | "next-unit" | "duty-leader" | "supervisor" | "bureau-desk";
                    unit?: string;
                    unitId?: string;
                    zh: string;
                }[];
            };
            closedAt?: string;
            /** @description Two sensors of one place agree */
            confirmed: boolean;
            /** @description When the running clock ends */
            deadline?: string;
            deviceId?: string;
            deviceName?: string;
            dispatchedAt?: string;
            /** @enum {string} */
            disposition?: "genuine" | "false" | "test" | "duplicate" | "non-police";
            exercise: boolean;
            gridId?: string;
            gridName?: string;
            /** @description Who sees it through */
            holder?: {
                accountId: string;
                name: string;
                since: string;
            };
            id: string;
            kind: string;
            lastSignalAt: string;
            /** @description WGS-84, degrees */
            location?: {
                lat: number;
                lon: number;
            };
            number: number;
            /** @description Who was asked to take it and did not answer yet */
            offer?: {
                accountId: string;
                at: string;
                by: string;
                name: string;
            };
            openedAt: string;
            /** @description How many of its orders stand on which rung */
            orderStates: {
                [key: string]: number;
            };
            /** @description 1 is the most urgent (GB/T 28181) */
            priority: number;
            procedure?: {
                /** @description The site names it: its mandatory steps hold back the closing */
                binding: boolean;
                id: string;
                version: number;
            };
            signalCount: number;
            /** @description After duress: nothing that a bystander at the site could notice */
            silent: boolean;
            siteId?: string;
            siteName?: string;
            /** @description It called again then after it had been acknowledged, and nobody has acknowledged that yet */
            soundedAgainAt?: string;
            /** @enum {string} */
            state: "open" | "acknowledged" | "dispatched" | "arrived" | "closed";
            stationId?: string;
            stationName?: string;
        };
        IncidentDetail: {
            acknowledgedAt?: string;
            acknowledgedBy?: string;
            arrivedAt?: string;
            broadcasts: components["schemas"]["Broadcast"][];
            cameras: {
                cameraId: string;
                /** @description Metres */
                distance?: number;
                preset?: string;
                /** @description Why this camera, in the order of their use */
                reason: string;
            }[];
            clock?: {
                level: number;
                name: string;
                /** @description What is done when this clock runs out, and which unit that will be where it is known */
                next: {
                    en: string;
                    /** @enum {string} */
                    step: "sound-again" | "next-unit" | "duty-leader" | "supervisor" | "bureau-desk";
                    unit?: string;
                    unitId?: string;
                    zh: string;
                }[];
            };
            closedAt?: string;
            /** @description Two sensors of one place agree */
            confirmed: boolean;
            /** @description When the running clock ends */
            deadline?: string;
            deviceId?: string;
            deviceName?: string;
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
            gridName?: string;
            /** @description Who sees it through */
            holder?: {
                accountId: string;
                name: string;
                since: string;
            };
            id: string;
            kind: string;
            lastSignalAt: string;
            /** @description WGS-84, degrees */
            location?: {
                lat: number;
                lon: number;
            };
            /** @description Names of the units and devices that are named here by id */
            names: {
                [key: string]: string;
            };
            number: number;
            /** @description Who was asked to take it and did not answer yet */
            offer?: {
                accountId: string;
                at: string;
                by: string;
                name: string;
            };
            openedAt: string;
            orders: components["schemas"]["Order"][];
            /** @description How many of its orders stand on which rung */
            orderStates: {
                [key: string]: number;
            };
            /** @description 1 is the most urgent (GB/T 28181) */
            priority: number;
            procedure?: {
                /** @description The site names it: its mandatory steps hold back the closing */
                binding: boolean;
                id: string;
                steps: {
                    done?: {
                        at: string;
                        by: string;
                        note?: string;
                    };
                    id: string;
                    mandatory: boolean;
                    text: {
                        en: string;
                        zh: string;
                    };
                }[];
                title: {
                    en: string;
                    zh: string;
                };
                version: number;
            };
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
            siteName?: string;
            /** @description It called again then after it had been acknowledged, and nobody has acknowledged that yet */
            soundedAgainAt?: string;
            /** @enum {string} */
            state: "open" | "acknowledged" | "dispatched" | "arrived" | "closed";
            stationId?: string;
            stationName?: string;
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
                /** @description The same line in both languages, with the names as they are now */
                said: {
                    en: string;
                    zh: string;
                };
                seq: number;
                text: string;
            }[];
        };
        MapPlaces: {
            cameras: {
                /** @description Degrees from true north, clockwise */
                bearing: (number | null)[];
                /** @description Degrees */
                fieldOfView: (number | null)[];
                id: string[];
                lat: (number | null)[];
                lon: (number | null)[];
                name: string[];
                /** @description Metres */
                reach: (number | null)[];
                siteId: (string | null)[];
            };
            figures: {
                /** @description What a unit of each tier covers */
                metresPerMinute: {
                    city: number;
                    town: number;
                    village: number;
                };
                /** @description Seconds; an older position says where a unit was */
                staleAfter: number;
                /** @description Degrees and metres that a camera is taken to see where nobody said */
                usual: {
                    fieldOfView: number;
                    reach: number;
                };
            };
            grids: {
                /** @description GeoJSON Polygon (RFC 7946): closed rings of [lon, lat] */
                area?: {
                    coordinates: [
                        number,
                        number
                    ][][];
                    /** @constant */
                    type: "Polygon";
                };
                id: string;
                name: string;
                stationId: string;
            }[];
            loudspeakers: {
                id: string[];
                lat: (number | null)[];
                lon: (number | null)[];
                name: string[];
                siteId: (string | null)[];
            };
            sites: {
                gridId: (string | null)[];
                id: string[];
                kind: string[];
                lat: (number | null)[];
                lon: (number | null)[];
                name: string[];
                stationId: string[];
            };
            stations: {
                id: string;
                /** @description WGS-84, degrees */
                location?: {
                    lat: number;
                    lon: number;
                };
                name: string;
            }[];
            /** @description The PMTiles file with the streets, and the datum it is drawn in; all places here are WGS-84 */
            tiles?: {
                /** @enum {string} */
                datum: "wgs84" | "gcj02";
                url: string;
            };
            units: {
                id: string;
                name: string;
                stationId: string;
                /** @enum {string} */
                tier: "city" | "town" | "village";
            }[];
        };
        MapState: {
            /** @description Cameras that are not listed are as `most` says */
            cameras: {
                faulty: string[];
                good: string[];
                /** @enum {string} */
                most: "good" | "faulty" | "unknown";
                unknown: string[];
            };
            /** @description Open ones, the most urgent first, 1000 at most */
            incidents: {
                deviceId?: string;
                exercise: boolean;
                id: string;
                kind: string;
                /** @description WGS-84, degrees */
                location?: {
                    lat: number;
                    lon: number;
                };
                number: number;
                openedAt: string;
                priority: number;
                silent: boolean;
                siteId?: string;
                /** @enum {string} */
                state: "open" | "acknowledged" | "dispatched" | "arrived";
            }[];
            missing: {
                loudspeakers: string[];
            };
            /** @description A site that is not listed is well */
            sites: {
                deviceIds: string[];
                id: string;
                /**
                 * @description red; yellow; yellow because a key has not been tested for a month
                 * @enum {string}
                 */
                state: "alarm" | "trouble" | "due";
                why: ("incident" | "device-missing" | "picture-fault" | "test-due")[];
            }[];
            units: {
                /** @description Number of the open incident for which it holds an order */
                engagedOn?: number;
                id: string;
                position?: {
                    accuracy?: number;
                    /** @description When it was heard */
                    at: string;
                    lat: number;
                    lon: number;
                };
                /** @enum {string} */
                status: "available" | "busy" | "off-duty";
            }[];
        };
        Order: {
            automatic: boolean;
            /** @description Why this unit: distance in metres, response circle in minutes */
            choice: {
                [key: string]: unknown;
            };
            clock?: {
                name: string;
            };
            deadline?: string;
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
                /** @description When the unit answered, where its answer was kept out of reach and came late */
                saidAt?: string;
                state: string;
            }[];
            /** @enum {string} */
            state: "queued" | "sent" | "delivered" | "read" | "accepted" | "declined" | "en-route" | "arrived" | "failed" | "expired" | "cancelled";
            text: string;
            unitId: string;
        };
        Problem: {
            /** @enum {string} */
            code: "body-invalid" | "body-unreadable" | "body-too-large" | "media-type-unsupported" | "credential-missing" | "credential-wrong" | "second-factor-needed" | "second-factor-wrong" | "second-factor-due" | "second-factor-on" | "sign-on-refused" | "sign-on-unavailable" | "role-missing" | "origin-refused" | "not-found" | "console-not-built" | "already-exists" | "still-in-use" | "incident-closed" | "incident-not-yours" | "steps-missing" | "incident-silent" | "order-ended" | "broadcast-ended" | "consent-own" | "consent-ended" | "idempotency-conflict" | "idempotency-running" | "set-up-link-spent" | "reset-link-spent" | "handover-settled" | "signer-unfit" | "policies-changed" | "demo-unavailable" | "rate-limited" | "record-unavailable" | "settings-unfit" | "overloaded" | "not-implemented" | "device-unreachable" | "device-silent" | "device-refused" | "device-garbled" | "device-busy" | "device-misconfigured" | "run-under-way" | "run-ended" | "run-unfinished" | "finding-stands" | "camera-held" | "picture-unfit" | "media-unavailable" | "test-under-way" | "radio-without-unit" | "account-without-unit" | "unit-without-phone" | "unit-engaged" | "range-unfit" | "signing-key-unusable" | "backup-unfit" | "record-not-empty" | "record-in-use" | "internal";
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
        Procedure: {
            id: string;
            /** @description Incident kinds that it is for, where the site names no procedure */
            kinds: string[];
            siteKinds: string[];
            steps: {
                id: string;
                /** @description Holds back the closing, where the site names the procedure */
                mandatory: boolean;
                text: {
                    en: string;
                    zh: string;
                };
            }[];
            title: {
                en: string;
                zh: string;
            };
            version: number;
        };
        Round: {
            active: boolean;
            /** @description Times of day, or every so many minutes from a time to another, on the clock of the station (setting timeZone) */
            every: {
                /** @description 1 is Monday, 7 Sunday; every day when absent */
                days?: number[];
                times: string[];
            } | {
                /** @description 1 is Monday, 7 Sunday; every day when absent */
                days?: number[];
                from: string;
                minutes: number;
                to: string;
            };
            /** @description A run that nobody began so long after its time is missed */
            graceMinutes: number;
            id: string;
            name: string;
            nextDueAt?: string;
            picturesAtOnce: number;
            stationId: string;
            stops: {
                cameraId: string;
                dwellSeconds: number;
                preset?: string;
            }[];
        };
        RoundRun: {
            begunAt?: string;
            begunBy?: string;
            /** @description Absent of a run that the plan did not ask for */
            dueAt?: string;
            endedAt?: string;
            /** @description Absent of one that was left, and of one that was missed */
            endedBy?: string;
            found: {
                at: string;
                by: string;
                /** @enum {string} */
                finding: "nothing" | "note" | "incident" | "camera-fault";
                incidentId?: string;
                note?: string;
                /** @description From 1 */
                stop: number;
            }[];
            id: string;
            name: string;
            picturesAtOnce: number;
            reason?: string;
            roundId: string;
            /** @description Begun by nobody until then, it is missed */
            startBy?: string;
            /** @enum {string} */
            state: "due" | "under-way" | "done" | "abandoned" | "missed";
            stationId: string;
            stops: {
                cameraId: string;
                dwellSeconds: number;
                preset?: string;
            }[];
        };
        Session: {
            account: components["schemas"]["Account"];
            expiresAt: string;
            token: string;
        };
        Signal: {
            active: boolean;
            at: string;
            /** @description Who told it over HTTP */
            by?: {
                id: string;
                /** @enum {string} */
                kind: "account" | "api-key";
                name: string;
            };
            /** @description How often it was told while it lasted */
            count: number;
            /** @description What the device, or the program in its place, told besides */
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
            /** @description What Baiying itself says of it: `firstOrders` units sent while the record was away, `late`, `retained`, `mark` */
            ours?: {
                [key: string]: unknown;
            };
            receivedAt: string;
            type: string;
            via: string;
        };
        Site: {
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
        Station: {
            dutyUnitId?: string;
            id: string;
            /** @description WGS-84, degrees */
            location?: {
                lat: number;
                lon: number;
            };
            name: string;
        };
        Unit: {
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
        Webhook: {
            /** @description False after its receiver answered 410; replaying a delivery makes it active again */
            active: boolean;
            createdAt: string;
            createdBy: string;
            id: string;
            types: string[];
            url: string;
        };
        WebhookDelivery: {
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
        Zone: {
            id: string;
            loudspeakerIds: string[];
            name: string;
            stationId: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getAccounts: {
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
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Account"][];
                        nextCursor?: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAccounts: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default true */
                    active?: boolean;
                    /** @description Kept when not said; empty takes it away */
                    identity?: string;
                    /** @enum {string} */
                    language?: "zh" | "en";
                    password: string;
                    roles: ("operator" | "supervisor" | "installer" | "integrator" | "officer" | "admin" | "auditor")[];
                    /** @default [] */
                    stationIds?: string[];
                    unitId?: string;
                    username: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAccountsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putAccountsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default true */
                    active?: boolean;
                    createdAt?: string;
                    id?: string;
                    /** @description Kept when not said; empty takes it away */
                    identity?: string;
                    /** @enum {string} */
                    language?: "zh" | "en";
                    password?: string;
                    roles: ("operator" | "supervisor" | "installer" | "integrator" | "officer" | "admin" | "auditor")[];
                    /** @default [] */
                    stationIds?: string[];
                    unitId?: string;
                    username?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAccountsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postAccountsByIdResetLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        expiresAt: string;
                        /** @description Behind the address of the console; the token stands behind the #. Shown once */
                        path: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAccountsByIdSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAccountsByIdSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description The browser, as it names itself */
                            agent: string;
                            /** @description The one that asks */
                            current: boolean;
                            expiresAt: string;
                            id: string;
                            ip: string;
                            openedAt: string;
                            seenAt: string;
                        }[];
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAccountsByIdSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAccountsByIdSessionsBySessionId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
                /** @description Id of the session */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiKeys: {
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
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ApiKey"][];
                        nextCursor?: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postApiKeys: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date-time */
                    expiresAt?: string;
                    name: string;
                    roles: ("operator" | "supervisor" | "installer" | "integrator" | "officer" | "admin" | "auditor")[];
                    /**
                     * @description Narrows the key: read (GET), write (all else), signals (POST /signals). None: not narrowed
                     * @default []
                     */
                    scopes?: ("read" | "write" | "signals")[];
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        apiKey: components["schemas"]["ApiKey"];
                        /** @description Shown once */
                        key: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteApiKeysById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAudit: {
        parameters: {
            query?: {
                /** @description What was done, as far as it begins so, as account. */
                act?: string;
                /** @description Who did it */
                by?: string;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Items on a page */
                limit?: number;
                /** @description Only then or later */
                since?: string;
                /** @description What it was done to, as far as it begins so, as accounts: */
                subject?: string;
                /** @description Only before then */
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditEntry"][];
                        nextCursor?: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAuditExport: {
        parameters: {
            query?: {
                /** @description What was done, as far as it begins so, as account. */
                act?: string;
                /** @description Who did it */
                by?: string;
                /** @description Only then or later */
                since?: string;
                /** @description What it was done to, as far as it begins so, as accounts: */
                subject?: string;
                /** @description Only before then */
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAuditVerify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
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
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBroadcastRequests: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Items on a page */
                limit?: number;
                /** @description Only in this state */
                state?: "awaiting-consent" | "consented" | "refused" | "lapsed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["BroadcastRequest"][];
                        nextCursor?: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBroadcastRequestsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BroadcastRequest"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postBroadcastRequestsByIdConsent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    reason?: string;
                } | null;
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Broadcast"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postBroadcastRequestsByIdRefuse: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BroadcastRequest"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBroadcasts: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Only of this incident */
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
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Broadcast"][];
                        nextCursor?: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postBroadcasts: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
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
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Broadcast"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BroadcastRequest"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBroadcastsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Broadcast"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postBroadcastsByIdStop: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Created */
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
                                /** @description When the unit answered, where its answer was kept out of reach and came late */
                                saidAt?: string;
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
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBroadcastsByIdTalk: {
        parameters: {
            query?: {
                /** @description 8,000 samples a second, one channel: 16 bit little endian, or G.711 */
                format?: "pcm" | "alaw" | "ulaw";
            };
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The WebSocket is open */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCamerasByIdLive: {
        parameters: {
            query?: {
                /** @description The run of a round that it is looked at for, for the ledger of views */
                runId?: string;
            };
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The WebSocket is open */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCamerasByIdLoudspeakers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            deviceId: string;
                            /** @description Metres */
                            distance?: number;
                            name: string;
                            siteId?: string;
                        }[];
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCamerasByIdNeighbours: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description Degrees from true north, clockwise */
                            bearing?: number;
                            /** @description Named by the installer in the settings of the camera */
                            bound: boolean;
                            cameraId: string;
                            /**
                             * @description Absent where nobody said which way the camera looks
                             * @enum {string}
                             */
                            direction?: "ahead" | "right" | "behind" | "left";
                            /** @description Metres */
                            distance?: number;
                            name: string;
                        }[];
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCamerasByIdPresets: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
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
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCamerasByIdPtz: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
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
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postCamerasByIdPtz: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
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
            /** @description OK */
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
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteCamerasByIdPtz: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postCamerasByIdReference: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
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
            /** @description Created */
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
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postCamerasByIdRelay: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
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
            /** @description OK */
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
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putCamerasByIdReportedFault: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note?: string;
                } | null;
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteCamerasByIdReportedFault: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCamerasByIdSnapshot: {
        parameters: {
            query?: {
                /** @description The run of a round that it is looked at for, for the ledger of views */
                runId?: string;
            };
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getColleagues: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            accountId: string;
                            /** @description Open incidents that this person has */
                            holds: number;
                            name: string;
                            signedIn: boolean;
                        }[];
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDevices: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Only of this kind */
                kind?: string;
                /** @description Items on a page */
                limit?: number;
                /** @description Only where id or name holds these letters */
                search?: string;
                /** @description Only of this site */
                siteId?: string;
                /** @description Only of this station */
                stationId?: string;
                /** @description Only of this unit */
                unitId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DeviceHeard"][];
                        nextCursor?: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postDevices: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
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
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        device: components["schemas"]["Device"];
                        /** @description Shown this once */
                        secret: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDevicesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceHeard"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putDevicesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
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
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceHeard"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteDevicesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putDevicesByIdBindings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of a key: exactly these cameras are called up for it */
                    cameras?: {
                        id: string;
                        preset?: string;
                    }[];
                    /** @description Of a loudspeaker; null lets go */
                    ear?: string | null;
                    /** @description Of a loudspeaker; null lets go */
                    fallback?: string | null;
                };
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDevicesByIdDoctor: {
        parameters: {
            query?: {
                /** @description Of the findings; the station's own when not said */
                lang?: "zh" | "en";
            };
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
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
                            code: "never-connected" | "wrong-password" | "wrong-certificate" | "wrong-name" | "wrong-driver" | "offline" | "silent" | "not-subscribed" | "wrong-topic" | "wrong-filter" | "unreadable" | "wrong-order" | "flooding" | "clock-off" | "stuck" | "watch-unreachable" | "watch-silent" | "watch-refused" | "watch-garbled" | "watch-busy" | "watch-unsupported" | "watch-misconfigured" | "not-watched" | "watch-lost" | "picture-fault" | "never-armed" | "test-due" | "test-failed" | "driver-gone" | "settings-unfit" | "bridge-missing" | "bridge-unfit" | "bridge-offline" | "no-place" | "nobody-to-send" | "no-unit" | "no-route" | "no-ear" | "no-press" | "press-slow" | "battery-low" | "no-picture" | "no-stream" | "not-played" | "not-proved" | "not-delivered" | "carried-by-another" | "not-accepted" | "test-interrupted";
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
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postDevicesByIdPublish: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
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
            /** @description OK */
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
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postDevicesByIdSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        device: components["schemas"]["Device"];
                        /** @description Shown this once */
                        secret: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postDevicesByIdTest: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    lang?: "zh" | "en";
                    /** @description What a loudspeaker says, or a radio shows, in place of the fixed phrase: for whoever may broadcast and order */
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
            /** @description Created */
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
                            code: "never-connected" | "wrong-password" | "wrong-certificate" | "wrong-name" | "wrong-driver" | "offline" | "silent" | "not-subscribed" | "wrong-topic" | "wrong-filter" | "unreadable" | "wrong-order" | "flooding" | "clock-off" | "stuck" | "watch-unreachable" | "watch-silent" | "watch-refused" | "watch-garbled" | "watch-busy" | "watch-unsupported" | "watch-misconfigured" | "not-watched" | "watch-lost" | "picture-fault" | "never-armed" | "test-due" | "test-failed" | "driver-gone" | "settings-unfit" | "bridge-missing" | "bridge-unfit" | "bridge-offline" | "no-place" | "nobody-to-send" | "no-unit" | "no-route" | "no-ear" | "no-press" | "press-slow" | "battery-low" | "no-picture" | "no-stream" | "not-played" | "not-proved" | "not-delivered" | "carried-by-another" | "not-accepted" | "test-interrupted";
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
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDevicesByIdTests: {
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
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
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
                                code: "never-connected" | "wrong-password" | "wrong-certificate" | "wrong-name" | "wrong-driver" | "offline" | "silent" | "not-subscribed" | "wrong-topic" | "wrong-filter" | "unreadable" | "wrong-order" | "flooding" | "clock-off" | "stuck" | "watch-unreachable" | "watch-silent" | "watch-refused" | "watch-garbled" | "watch-busy" | "watch-unsupported" | "watch-misconfigured" | "not-watched" | "watch-lost" | "picture-fault" | "never-armed" | "test-due" | "test-failed" | "driver-gone" | "settings-unfit" | "bridge-missing" | "bridge-unfit" | "bridge-offline" | "no-place" | "nobody-to-send" | "no-unit" | "no-route" | "no-ear" | "no-press" | "press-slow" | "battery-low" | "no-picture" | "no-stream" | "not-played" | "not-proved" | "not-delivered" | "carried-by-another" | "not-accepted" | "test-interrupted";
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
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postDevicesAdopt: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    devices: {
                        id?: string;
                        /** @description WGS-84, degrees */
                        location?: {
                            lat: number;
                            lon: number;
                        };
                        name: string;
                        /**
                         * @description Of this one, for example its address
                         * @default {}
                         */
                        settings?: {
                            [key: string]: unknown;
                        };
                    }[];
                    driver: string;
                    /** @enum {string} */
                    kind: "key" | "camera" | "radio" | "loudspeaker";
                    /** @description Under which the steps are told on /stream; made up when absent */
                    ref?: string;
                    /**
                     * @description Of all of them, for example user name and password
                     * @default {}
                     */
                    settings?: {
                        [key: string]: unknown;
                    };
                    siteId?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        failed: number;
                        items: {
                            description?: {
                                /** @description Its clock less ours */
                                clockOffsetMs?: number;
                                firmware?: string;
                                inputs?: string[];
                                maker?: string;
                                model?: string;
                                profiles?: string[];
                                relays?: string[];
                                serial?: string;
                            };
                            device?: components["schemas"]["Device"];
                            faults: {
                                message: string;
                                path: string;
                            }[];
                            id: string;
                            index: number;
                            /** @enum {string} */
                            state: "registered" | "failed";
                            troubles: {
                                /** @description Of the list of errors */
                                code: string;
                                /** @description As the driver has it */
                                detail: string;
                                /** @enum {string} */
                                of: "description" | "picture";
                                remedy: string;
                                title: string;
                            }[];
                        }[];
                        ref: string;
                        registered: number;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postDevicesDiscover: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
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
            /** @description OK */
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
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDevicesExport: {
        parameters: {
            query?: {
                /** @description gb18030 for spreadsheets in Chinese that know no UTF-8; the import takes both */
                encoding?: "utf-8" | "gb18030";
                /** @description Only of this kind */
                kind?: "key" | "camera" | "radio" | "loudspeaker";
                /** @description Only of this site */
                siteId?: string;
                /** @description Only of this station */
                stationId?: string;
                /** @description Only of this unit */
                unitId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postDevicesImport: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        created: number;
                        items: {
                            device: components["schemas"]["Device"];
                            /** @description Shown this once */
                            secret: string;
                        }[];
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postDevicesTry: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Secret settings that are left out are taken from this registered device, while they go where they went */
                    deviceId?: string;
                    driver: string;
                    /** @enum {string} */
                    kind: "key" | "camera" | "radio" | "loudspeaker";
                    /** @default {} */
                    settings?: {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        description?: {
                            /** @description Its clock less ours */
                            clockOffsetMs?: number;
                            firmware?: string;
                            inputs?: string[];
                            maker?: string;
                            model?: string;
                            profiles?: string[];
                            relays?: string[];
                            serial?: string;
                        };
                        /** @description It took the credential: it described itself or gave a picture */
                        ok: boolean;
                        picture?: {
                            height: number;
                            /** @description Base64 */
                            jpeg: string;
                            via: string;
                            width: number;
                        };
                        troubles: {
                            /** @description Of the list of errors */
                            code: string;
                            /** @description As the driver has it */
                            detail: string;
                            /** @enum {string} */
                            of: "description" | "picture";
                            remedy: string;
                            title: string;
                        }[];
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDrivers: {
        parameters: {
            query?: {
                /** @description Only of this kind */
                kind?: "key" | "camera" | "radio" | "loudspeaker";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Ports at which devices sign in */
                        broker: {
                            mqtt?: number;
                            mqtts?: number;
                            ws?: number;
                        };
                        items: {
                            /** @description Finds such devices on the network */
                            discovers: boolean;
                            /** @enum {string} */
                            kind: "key" | "camera" | "radio" | "loudspeaker";
                            name: string;
                            /** @description JSON Schema (2020-12) of the settings. Beside title and description stand titleZh, descriptionZh, unit, secret: true for what is never shown again, and way: true for what decides where secrets go: changed, it asks for them anew */
                            settings: {
                                [key: string]: unknown;
                            };
                            /** @description Signs in to our broker with its id and its secret */
                            signsIn: boolean;
                            title: {
                                en: string;
                                zh: string;
                            };
                            /** @description Can be tried before it is registered: see /devices/try */
                            tries: boolean;
                        }[];
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getGrids: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Items on a page */
                limit?: number;
                /** @description Only of this station */
                stationId?: string;
                /** @description Only of this unit */
                unitId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Grid"][];
                        nextCursor?: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postGrids: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
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
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grid"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getGridsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grid"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putGridsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
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
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grid"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteGridsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHandovers: {
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
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["HandoverListed"][];
                        nextCursor?: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postHandovers: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Handover"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHandoversById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Handover"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putHandoversById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Notes by the keys of items; an empty one takes it away */
                    annotations: {
                        [key: string]: string;
                    };
                    notes: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Handover"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteHandoversById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postHandoversByIdSign: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Handover"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postHandoversByIdTakeOver: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
                id: string;
            };
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
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Handover"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIncidents: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Only these, at most 100, separated by commas */
                ids?: string;
                /** @description Items on a page */
                limit?: number;
                /** @description The one of this number */
                number?: number;
                /** @description Opened then or later */
                since?: string;
                /** @description Only of this site */
                siteId?: string;
                /** @description Only in this state */
                state?: string;
                /** @description Only of this station */
                stationId?: string;
                /** @description Opened before then */
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Incident"][];
                        nextCursor?: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postIncidents: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
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
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIncidentsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postIncidentsByIdAcknowledge: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postIncidentsByIdBroadcasts: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
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
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Broadcast"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BroadcastRequest"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIncidentsByIdChain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChainVerdict"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postIncidentsByIdClose: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
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
                    /** @description Why mandatory steps of the procedure were left out; only a supervisor may */
                    override?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIncidentsByIdEvidence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIncidentsByIdFootageByFootageId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the picture or recording */
                footageId: string;
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                    "video/mp4": string;
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postIncidentsByIdHandOn: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    accountId: string;
                    note?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postIncidentsByIdNotes: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
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
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postIncidentsByIdOrders: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
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
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postIncidentsByIdStepsByStepId: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
                id: string;
                /** @description Id of the step in the procedure */
                stepId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    done: boolean;
                    note?: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIncidentsByIdSurroundings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Of the site and around, nearest first */
                        cameras: {
                            /** @description Metres */
                            distance?: number;
                            id: string;
                            location?: {
                                lat: number;
                                lon: number;
                            };
                            name: string;
                            /** @enum {string} */
                            state: "online" | "offline" | "unknown";
                        }[];
                        /** @description Radius of the response circles in metres, by the tier of the unit */
                        circles: {
                            city: number;
                            minutes: number;
                            town: number;
                            village: number;
                        }[];
                        grid?: {
                            id: string;
                            name: string;
                            officerUnit?: string;
                            officerUnitId?: string;
                        };
                        location?: {
                            lat: number;
                            lon: number;
                        };
                        /** @description Those that a broadcast without a named loudspeaker goes to */
                        loudspeakers: {
                            /** @description Metres */
                            distance?: number;
                            id: string;
                            location?: {
                                lat: number;
                                lon: number;
                            };
                            name: string;
                            /** @enum {string} */
                            state: "online" | "offline" | "unknown";
                        }[];
                        site?: {
                            address: string;
                            contacts: (string | {
                                [key: string]: string | number | boolean;
                            })[];
                            id: string;
                            kind: string;
                            location?: {
                                lat: number;
                                lon: number;
                            };
                            name: string;
                        };
                        station?: {
                            dutyUnit?: string;
                            dutyUnitId?: string;
                            id: string;
                            name: string;
                        };
                        /** @description In the order in which they would be called */
                        units: {
                            /** @description Radios and phones; none means that no order reaches it */
                            bearers: number;
                            /** @description The response circle of 1, 3 or 5 minutes that it stands in */
                            circle?: number;
                            /** @description Metres as the crow flies */
                            distance?: number;
                            /** @description Number of the open incident that it already goes to */
                            engagedOn?: number;
                            /** @enum {string} */
                            freshness: "fresh-position" | "stale-position" | "no-position";
                            id: string;
                            name: string;
                            /** @description Its newest order for this incident */
                            order?: {
                                id: string;
                                state: string;
                            };
                            position?: {
                                /** @description When it was heard */
                                at: string;
                                lat: number;
                                lon: number;
                            };
                            /** @enum {string} */
                            status: "available" | "busy" | "off-duty";
                            tier: string;
                        }[];
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postIncidentsByIdTakeOver: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    reason?: string;
                } | null;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMapCoverageByGridId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Only of this grid */
                gridId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Cells that no camera sees but faulty ones: row from the south, first and last column from the west */
                        blind: [
                            number,
                            number,
                            number
                        ][];
                        /** @description undirected: nobody said where they look */
                        cameras: {
                            counted: number;
                            undirected: number;
                        };
                        /** @description The side of a cell in metres */
                        cell: number;
                        cells: {
                            all: number;
                            blind: number;
                            seen: number;
                            unsure: number;
                        };
                        gridId: string;
                        /** @description The south-west corner of the first cell */
                        origin: {
                            lat: number;
                            lon: number;
                        };
                        /** @description The size of a cell in degrees */
                        step: {
                            lat: number;
                            lon: number;
                        };
                        /** @description Cells seen only by cameras of which it is not known whether they are good */
                        unsure: [
                            number,
                            number,
                            number
                        ][];
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMapPlaces: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MapPlaces"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMapState: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MapState"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMapTilesPmtiles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.pmtiles": string;
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    language: "zh" | "en";
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putMePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    current: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMeSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        on: boolean;
                        /** @description How many are left */
                        recoveryCodes: number;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postMeSecondFactor: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    current: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Base32, for typing; shown until it is confirmed */
                        secret: string;
                        /** @description otpauth://…, for a QR code */
                        uri: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postMeSecondFactorConfirm: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Each good once; shown this once */
                        recoveryCodes: string[];
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postMeSecondFactorOff: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                    current: string;
                };
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMeSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description The browser, as it names itself */
                            agent: string;
                            /** @description The one that asks */
                            current: boolean;
                            expiresAt: string;
                            id: string;
                            ip: string;
                            openedAt: string;
                            seenAt: string;
                        }[];
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOfficerDuty: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    on: boolean;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        /** @enum {string} */
                        status: "available" | "busy" | "off-duty";
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOfficerEmergency: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Format: date-time */
                    at?: string;
                    /** @description The page's own id of this answer: sent again, it is known */
                    eventId?: string;
                    /** @description Where the officer is, in the same breath */
                    position?: {
                        /** @description Metres */
                        accuracy?: number;
                        /** Format: date-time */
                        at?: string;
                        lat: number;
                        lon: number;
                    };
                } | null;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Of the signal */
                        id: string;
                        late: boolean;
                    };
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Of the signal */
                        id: string;
                        late: boolean;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOfficerOrders: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The server's clock */
                        at: string;
                        /** @description Of the last twelve hours */
                        ended: {
                            id: string;
                            incidentId: string;
                            incidentNumber: number;
                            issuedAt: string;
                            kind: string;
                            /** @enum {string} */
                            state: "queued" | "sent" | "delivered" | "read" | "accepted" | "declined" | "en-route" | "arrived" | "failed" | "expired" | "cancelled";
                            text: string;
                        }[];
                        /** @description Most urgent and newest first */
                        items: {
                            /** @description May be looked through while the order is open */
                            cameras: {
                                id: string;
                                name: string;
                            }[];
                            exercise: boolean;
                            expiresAt: string;
                            id: string;
                            incidentId: string;
                            incidentNumber: number;
                            /** @enum {string} */
                            incidentState: "open" | "acknowledged" | "dispatched" | "arrived" | "closed";
                            issuedAt: string;
                            kind: string;
                            /** @description Where to go, as it was known when the order was given */
                            location?: {
                                lat: number;
                                lon: number;
                            };
                            /** @description Who else is sent there */
                            others: {
                                name: string;
                                /** @enum {string} */
                                state: "queued" | "sent" | "delivered" | "read" | "accepted" | "declined" | "en-route" | "arrived" | "failed" | "expired" | "cancelled";
                                unitId: string;
                            }[];
                            priority: number;
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
                                /** @description When the unit answered, where its answer was kept out of reach and came late */
                                saidAt?: string;
                                state: string;
                            }[];
                            /** @description After duress: nothing that a bystander at the site could notice */
                            silent: boolean;
                            site?: components["schemas"]["Site"];
                            /** @enum {string} */
                            state: "queued" | "sent" | "delivered" | "read" | "accepted" | "declined" | "en-route" | "arrived" | "failed" | "expired" | "cancelled";
                            text: string;
                        }[];
                        unit: {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            status: "available" | "busy" | "off-duty";
                        };
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOfficerPosition: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Metres */
                    accuracy?: number;
                    /** Format: date-time */
                    at?: string;
                    lat: number;
                    lon: number;
                };
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOfficerReports: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description When the officer answered, which may be long before the phone came back into reach
                     */
                    at: string;
                    /** @description The page's own id of this answer: sent again, it is known */
                    eventId: string;
                    note?: string;
                    orderId: string;
                    /** @enum {string} */
                    state: "delivered" | "read" | "accepted" | "declined" | "en-route" | "arrived";
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Of the signal */
                        id: string;
                        late: boolean;
                    };
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Of the signal */
                        id: string;
                        late: boolean;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOfficerStream: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrders: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Only of this incident */
                incidentId?: string;
                /** @description Items on a page */
                limit?: number;
                /** @description Only in this state */
                state?: string;
                /** @description Only of this unit */
                unitId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Order"][];
                        nextCursor?: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrdersById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOrdersByIdCancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPasswordResets: {
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
                };
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPhrases: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
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
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPolicies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        at?: string;
                        by?: string;
                        /** @description What stands in the files, for going back */
                        file: {
                            escalation: {
                                order: {
                                    accepted: number;
                                    delivered: number;
                                    expires: number;
                                    most: number;
                                };
                                rules: {
                                    acknowledge: {
                                        after: number;
                                        steps: ("sound-again" | "next-unit" | "duty-leader" | "supervisor" | "bureau-desk")[];
                                    }[];
                                    atOnce: {
                                        communityOfficer: boolean;
                                        nearest: number;
                                    };
                                    id: string;
                                    progress: {
                                        after: number;
                                        steps: ("sound-again" | "next-unit" | "duty-leader" | "supervisor" | "bureau-desk")[];
                                    }[];
                                    when: {
                                        kinds?: string[];
                                        priorities?: number[];
                                        siteIds?: string[];
                                        siteKinds?: string[];
                                    };
                                }[];
                            };
                            sorting: {
                                lowBattery: number;
                                opening: ("line-crossing" | "intrusion" | "audio-alarm")[];
                                window: number;
                            };
                        };
                        fromFile: boolean;
                        policy: {
                            escalation: {
                                order: {
                                    accepted: number;
                                    delivered: number;
                                    expires: number;
                                    most: number;
                                };
                                rules: {
                                    acknowledge: {
                                        after: number;
                                        steps: ("sound-again" | "next-unit" | "duty-leader" | "supervisor" | "bureau-desk")[];
                                    }[];
                                    atOnce: {
                                        communityOfficer: boolean;
                                        nearest: number;
                                    };
                                    id: string;
                                    progress: {
                                        after: number;
                                        steps: ("sound-again" | "next-unit" | "duty-leader" | "supervisor" | "bureau-desk")[];
                                    }[];
                                    when: {
                                        kinds?: string[];
                                        priorities?: number[];
                                        siteIds?: string[];
                                        siteKinds?: string[];
                                    };
                                }[];
                            };
                            sorting: {
                                lowBattery: number;
                                opening: ("line-crossing" | "intrusion" | "audio-alarm")[];
                                window: number;
                            };
                        };
                        /** @description 0 while nobody ever changed them */
                        version: number;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putPolicies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    policy: {
                        escalation: {
                            order: {
                                accepted: number;
                                delivered: number;
                                expires: number;
                                most: number;
                            };
                            rules: {
                                acknowledge: {
                                    after: number;
                                    steps: ("sound-again" | "next-unit" | "duty-leader" | "supervisor" | "bureau-desk")[];
                                }[];
                                atOnce: {
                                    communityOfficer: boolean;
                                    nearest: number;
                                };
                                id: string;
                                progress: {
                                    after: number;
                                    steps: ("sound-again" | "next-unit" | "duty-leader" | "supervisor" | "bureau-desk")[];
                                }[];
                                when: {
                                    kinds?: string[];
                                    priorities?: number[];
                                    siteIds?: string[];
                                    siteKinds?: string[];
                                };
                            }[];
                        };
                        sorting: {
                            lowBattery: number;
                            opening: ("line-crossing" | "intrusion" | "audio-alarm")[];
                            window: number;
                        };
                    };
                    /** @description As it was read; 409 where somebody else changed them since */
                    version: number;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        at?: string;
                        by?: string;
                        /** @description What stands in the files, for going back */
                        file: {
                            escalation: {
                                order: {
                                    accepted: number;
                                    delivered: number;
                                    expires: number;
                                    most: number;
                                };
                                rules: {
                                    acknowledge: {
                                        after: number;
                                        steps: ("sound-again" | "next-unit" | "duty-leader" | "supervisor" | "bureau-desk")[];
                                    }[];
                                    atOnce: {
                                        communityOfficer: boolean;
                                        nearest: number;
                                    };
                                    id: string;
                                    progress: {
                                        after: number;
                                        steps: ("sound-again" | "next-unit" | "duty-leader" | "supervisor" | "bureau-desk")[];
                                    }[];
                                    when: {
                                        kinds?: string[];
                                        priorities?: number[];
                                        siteIds?: string[];
                                        siteKinds?: string[];
                                    };
                                }[];
                            };
                            sorting: {
                                lowBattery: number;
                                opening: ("line-crossing" | "intrusion" | "audio-alarm")[];
                                window: number;
                            };
                        };
                        fromFile: boolean;
                        policy: {
                            escalation: {
                                order: {
                                    accepted: number;
                                    delivered: number;
                                    expires: number;
                                    most: number;
                                };
                                rules: {
                                    acknowledge: {
                                        after: number;
                                        steps: ("sound-again" | "next-unit" | "duty-leader" | "supervisor" | "bureau-desk")[];
                                    }[];
                                    atOnce: {
                                        communityOfficer: boolean;
                                        nearest: number;
                                    };
                                    id: string;
                                    progress: {
                                        after: number;
                                        steps: ("sound-again" | "next-unit" | "duty-leader" | "supervisor" | "bureau-desk")[];
                                    }[];
                                    when: {
                                        kinds?: string[];
                                        priorities?: number[];
                                        siteIds?: string[];
                                        siteKinds?: string[];
                                    };
                                }[];
                            };
                            sorting: {
                                lowBattery: number;
                                opening: ("line-crossing" | "intrusion" | "audio-alarm")[];
                                window: number;
                            };
                        };
                        /** @description 0 while nobody ever changed them */
                        version: number;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPoliciesPreview: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    policy: {
                        escalation: {
                            order: {
                                accepted: number;
                                delivered: number;
                                expires: number;
                                most: number;
                            };
                            rules: {
                                acknowledge: {
                                    after: number;
                                    steps: ("sound-again" | "next-unit" | "duty-leader" | "supervisor" | "bureau-desk")[];
                                }[];
                                atOnce: {
                                    communityOfficer: boolean;
                                    nearest: number;
                                };
                                id: string;
                                progress: {
                                    after: number;
                                    steps: ("sound-again" | "next-unit" | "duty-leader" | "supervisor" | "bureau-desk")[];
                                }[];
                                when: {
                                    kinds?: string[];
                                    priorities?: number[];
                                    siteIds?: string[];
                                    siteKinds?: string[];
                                };
                            }[];
                        };
                        sorting: {
                            lowBattery: number;
                            opening: ("line-crossing" | "intrusion" | "audio-alarm")[];
                            window: number;
                        };
                    };
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description There were more; the newest were taken */
                        bounded: boolean;
                        from: string;
                        /** @description How many were lived through again */
                        incidents: number;
                        /** @description Those that would have gone another way, newest first */
                        items: {
                            after: {
                                arrivedAfter?: number;
                                /** @description Seconds until officers set out */
                                engagedAfter?: number;
                                levels: {
                                    /** @description Seconds after the opening */
                                    after: number;
                                    /** @enum {string} */
                                    clock: "acknowledge" | "progress";
                                    level: number;
                                    steps: ("sound-again" | "next-unit" | "duty-leader" | "supervisor" | "bureau-desk")[];
                                    told: string[];
                                }[];
                                opens: boolean;
                                orders: {
                                    /** @description Seconds after the opening */
                                    after: number;
                                    /** @enum {string} */
                                    by: "at-once" | "ladder" | "operator";
                                    /** @description Absent for the next nearest unit, which the record does not name */
                                    unitName?: string;
                                }[];
                                policyId?: string;
                            };
                            before: {
                                arrivedAfter?: number;
                                /** @description Seconds until officers set out */
                                engagedAfter?: number;
                                levels: {
                                    /** @description Seconds after the opening */
                                    after: number;
                                    /** @enum {string} */
                                    clock: "acknowledge" | "progress";
                                    level: number;
                                    steps: ("sound-again" | "next-unit" | "duty-leader" | "supervisor" | "bureau-desk")[];
                                    told: string[];
                                }[];
                                opens: boolean;
                                orders: {
                                    /** @description Seconds after the opening */
                                    after: number;
                                    /** @enum {string} */
                                    by: "at-once" | "ladder" | "operator";
                                    /** @description Absent for the next nearest unit, which the record does not name */
                                    unitName?: string;
                                }[];
                                policyId?: string;
                            };
                            exercise: boolean;
                            id: string;
                            kind: string;
                            number: number;
                            openedAt: string;
                            priority: number;
                            siteName?: string;
                        }[];
                        to: string;
                        totals: {
                            after: {
                                bureauDesk: number;
                                dutyLeader: number;
                                levels: number;
                                opened: number;
                                orders: number;
                                ordersAtOnce: number;
                                supervisor: number;
                            };
                            before: {
                                bureauDesk: number;
                                dutyLeader: number;
                                levels: number;
                                opened: number;
                                orders: number;
                                ordersAtOnce: number;
                                supervisor: number;
                            };
                        };
                        /** @description Signals that opened nothing and would have, by type */
                        wouldOpen: {
                            [key: string]: number;
                        };
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postPoliciesReset: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description As it was read; 409 where somebody else changed them since */
                    version: number;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        at?: string;
                        by?: string;
                        /** @description What stands in the files, for going back */
                        file: {
                            escalation: {
                                order: {
                                    accepted: number;
                                    delivered: number;
                                    expires: number;
                                    most: number;
                                };
                                rules: {
                                    acknowledge: {
                                        after: number;
                                        steps: ("sound-again" | "next-unit" | "duty-leader" | "supervisor" | "bureau-desk")[];
                                    }[];
                                    atOnce: {
                                        communityOfficer: boolean;
                                        nearest: number;
                                    };
                                    id: string;
                                    progress: {
                                        after: number;
                                        steps: ("sound-again" | "next-unit" | "duty-leader" | "supervisor" | "bureau-desk")[];
                                    }[];
                                    when: {
                                        kinds?: string[];
                                        priorities?: number[];
                                        siteIds?: string[];
                                        siteKinds?: string[];
                                    };
                                }[];
                            };
                            sorting: {
                                lowBattery: number;
                                opening: ("line-crossing" | "intrusion" | "audio-alarm")[];
                                window: number;
                            };
                        };
                        fromFile: boolean;
                        policy: {
                            escalation: {
                                order: {
                                    accepted: number;
                                    delivered: number;
                                    expires: number;
                                    most: number;
                                };
                                rules: {
                                    acknowledge: {
                                        after: number;
                                        steps: ("sound-again" | "next-unit" | "duty-leader" | "supervisor" | "bureau-desk")[];
                                    }[];
                                    atOnce: {
                                        communityOfficer: boolean;
                                        nearest: number;
                                    };
                                    id: string;
                                    progress: {
                                        after: number;
                                        steps: ("sound-again" | "next-unit" | "duty-leader" | "supervisor" | "bureau-desk")[];
                                    }[];
                                    when: {
                                        kinds?: string[];
                                        priorities?: number[];
                                        siteIds?: string[];
                                        siteKinds?: string[];
                                    };
                                }[];
                            };
                            sorting: {
                                lowBattery: number;
                                opening: ("line-crossing" | "intrusion" | "audio-alarm")[];
                                window: number;
                            };
                        };
                        /** @description 0 while nobody ever changed them */
                        version: number;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPoliciesVersions: {
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
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            at: string;
                            by: string;
                            fromFile: boolean;
                            policy?: unknown;
                            version: number;
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProcedures: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Only of this kind */
                kind?: string;
                /** @description Items on a page */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Procedure"][];
                        nextCursor?: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postProcedures: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id?: string;
                    /** @description Incident kinds that it is for, where the site names no procedure */
                    kinds: string[];
                    /**
                     * @description Only at sites of these kinds; anywhere when empty
                     * @default []
                     */
                    siteKinds?: string[];
                    steps: {
                        id: string;
                        /** @description Holds back the closing, where the site names the procedure */
                        mandatory: boolean;
                        text: {
                            en: string;
                            zh: string;
                        };
                    }[];
                    title: {
                        en: string;
                        zh: string;
                    };
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Procedure"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProceduresById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Procedure"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putProceduresById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id?: string;
                    /** @description Incident kinds that it is for, where the site names no procedure */
                    kinds: string[];
                    /**
                     * @description Only at sites of these kinds; anywhere when empty
                     * @default []
                     */
                    siteKinds?: string[];
                    steps: {
                        id: string;
                        /** @description Holds back the closing, where the site names the procedure */
                        mandatory: boolean;
                        text: {
                            en: string;
                            zh: string;
                        };
                    }[];
                    title: {
                        en: string;
                        zh: string;
                    };
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Procedure"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteProceduresById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReportsDeviceHealth: {
        parameters: {
            query?: {
                /** @description The form of the answer */
                format?: "json" | "csv" | "xlsx";
                /** @description Only of this grid */
                gridId?: string;
                /** @description Which table, where the answer is a sheet */
                part?: "maintenance" | "coverage";
                /** @description Only of this site */
                siteId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
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
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReportsFalseAlarms: {
        parameters: {
            query?: {
                /** @description Of exercises alone */
                exercise?: "false" | "true";
                /** @description The form of the answer */
                format?: "json" | "csv" | "xlsx";
                /** @description Only then or later */
                from?: string;
                /** @description Only of this station */
                stationId?: string;
                /** @description Not included; now when not said */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        devices: {
                            closed: number;
                            deviceId: string;
                            duplicate: number;
                            false: number;
                            genuine: number;
                            /** @description Left out where it is gone */
                            name?: string;
                            nonPolice: number;
                            siteId?: string;
                            /** @description Left out where it is gone */
                            siteName?: string;
                            test: number;
                        }[];
                        from: string;
                        to: string;
                        total: {
                            closed: number;
                            duplicate: number;
                            false: number;
                            genuine: number;
                            nonPolice: number;
                            test: number;
                        };
                    } | string;
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReportsHotSpots: {
        parameters: {
            query?: {
                /** @description Of exercises alone */
                exercise?: "false" | "true";
                /** @description The form of the answer */
                format?: "json" | "csv" | "xlsx";
                /** @description Only then or later */
                from?: string;
                /** @description Which table, where the answer is a sheet */
                part?: "sites" | "grids" | "hours";
                /** @description Only of this station */
                stationId?: string;
                /** @description Not included; now when not said */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        from: string;
                        grids: {
                            /** @description Of the time before, of the same length */
                            before: number;
                            id: string;
                            incidents: number;
                            /** @description Left out where it is gone */
                            name?: string;
                        }[];
                        hours: {
                            hour: number;
                            incidents: number;
                            /** @description 1 is Monday */
                            weekday: number;
                        }[];
                        sites: {
                            /** @description Of the time before, of the same length */
                            before: number;
                            id: string;
                            incidents: number;
                            /** @description Left out where it is gone */
                            name?: string;
                        }[];
                        to: string;
                    } | string;
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReportsResponseTimes: {
        parameters: {
            query?: {
                /** @description Of exercises alone */
                exercise?: "false" | "true";
                /** @description The form of the answer */
                format?: "json" | "csv" | "xlsx";
                /** @description Only then or later */
                from?: string;
                /** @description Only of this station */
                stationId?: string;
                /** @description Not included; now when not said */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        from: string;
                        stations: {
                            /** @description Seconds from the opening */
                            acknowledged: {
                                count: number;
                                longest?: number;
                                p50?: number;
                                p90?: number;
                            };
                            /** @description Seconds from the opening */
                            arrived: {
                                count: number;
                                longest?: number;
                                p50?: number;
                                p90?: number;
                            };
                            /** @description Seconds from the opening */
                            dispatched: {
                                count: number;
                                longest?: number;
                                p50?: number;
                                p90?: number;
                            };
                            incidents: number;
                            /** @description Left out where it is gone */
                            name?: string;
                            stationId?: string;
                        }[];
                        to: string;
                        total: {
                            /** @description Seconds from the opening */
                            acknowledged: {
                                count: number;
                                longest?: number;
                                p50?: number;
                                p90?: number;
                            };
                            /** @description Seconds from the opening */
                            arrived: {
                                count: number;
                                longest?: number;
                                p50?: number;
                                p90?: number;
                            };
                            /** @description Seconds from the opening */
                            dispatched: {
                                count: number;
                                longest?: number;
                                p50?: number;
                                p90?: number;
                            };
                            incidents: number;
                        };
                    } | string;
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReportsRounds: {
        parameters: {
            query?: {
                /** @description The form of the answer */
                format?: "json" | "csv" | "xlsx";
                /** @description Only then or later */
                from?: string;
                /** @description Which table, where the answer is a sheet */
                part?: "rounds" | "operators" | "cameras";
                /** @description Only of this station */
                stationId?: string;
                /** @description Not included */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cameras: {
                            cameraFault: number;
                            cameraId: string;
                            incident: number;
                            name?: string;
                            note: number;
                            nothing: number;
                            stops: number;
                        }[];
                        from: string;
                        operators: {
                            by: string;
                            cameraFault: number;
                            incident: number;
                            note: number;
                            nothing: number;
                            stops: number;
                        }[];
                        rounds: {
                            abandoned: number;
                            done: number;
                            extra: number;
                            missed: number;
                            name: string;
                            open: number;
                            planned: number;
                            roundId: string;
                        }[];
                        to: string;
                        total: {
                            abandoned: number;
                            done: number;
                            extra: number;
                            missed: number;
                            open: number;
                            planned: number;
                        };
                    } | string;
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReportsTestsDue: {
        parameters: {
            query?: {
                /** @description With what falls due within so many days */
                ahead?: number;
                /** @description Tested so often, instead of what is usual */
                days?: number;
                /** @description The form of the answer */
                format?: "json" | "csv" | "xlsx";
                /** @description Only of this kind */
                kind?: "key" | "camera" | "radio" | "loudspeaker";
                /** @description Only of this site */
                siteId?: string;
                /** @description Only of this station */
                stationId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        at: string;
                        everyDays: {
                            [key: string]: number;
                        };
                        items: {
                            deviceId: string;
                            dueAt: string;
                            /** @enum {string} */
                            kind: "key" | "camera" | "radio" | "loudspeaker";
                            lastTest?: {
                                at: string;
                                by: string;
                                id: string;
                                passed: boolean;
                            };
                            name: string;
                            provenAt?: string;
                            registeredAt: string;
                            siteId?: string;
                            siteName?: string;
                            stationId?: string;
                        }[];
                        /** @description There are more than are listed: narrow the question */
                        more: boolean;
                    } | string;
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRounds: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Items on a page */
                limit?: number;
                /** @description Only of this station */
                stationId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Round"][];
                        nextCursor?: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postRounds: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default true */
                    active?: boolean;
                    /** @description Times of day, or every so many minutes from a time to another, on the clock of the station (setting timeZone) */
                    every: {
                        /** @description 1 is Monday, 7 Sunday; every day when absent */
                        days?: number[];
                        times: string[];
                    } | {
                        /** @description 1 is Monday, 7 Sunday; every day when absent */
                        days?: number[];
                        from: string;
                        minutes: number;
                        to: string;
                    };
                    /**
                     * @description A run that nobody began so long after its time is missed
                     * @default 15
                     */
                    graceMinutes?: number;
                    id?: string;
                    name: string;
                    /** @default 1 */
                    picturesAtOnce?: number;
                    stationId: string;
                    stops: {
                        cameraId: string;
                        dwellSeconds: number;
                        preset?: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Round"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRoundsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Round"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putRoundsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default true */
                    active?: boolean;
                    /** @description Times of day, or every so many minutes from a time to another, on the clock of the station (setting timeZone) */
                    every: {
                        /** @description 1 is Monday, 7 Sunday; every day when absent */
                        days?: number[];
                        times: string[];
                    } | {
                        /** @description 1 is Monday, 7 Sunday; every day when absent */
                        days?: number[];
                        from: string;
                        minutes: number;
                        to: string;
                    };
                    /**
                     * @description A run that nobody began so long after its time is missed
                     * @default 15
                     */
                    graceMinutes?: number;
                    id?: string;
                    name: string;
                    /** @default 1 */
                    picturesAtOnce?: number;
                    stationId: string;
                    stops: {
                        cameraId: string;
                        dwellSeconds: number;
                        preset?: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Round"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteRoundsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postRoundsByIdRuns: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoundRun"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoundRun"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRoundsLedger: {
        parameters: {
            query?: {
                /** @description Only what this person did, by the user name, or this program, as key:<name of its API key> */
                by?: string;
                /** @description Only of this camera */
                cameraId?: string;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Items on a page */
                limit?: number;
                /** @description Only then or later */
                since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            beganAt: string;
                            by: string;
                            cameraId: string;
                            /** @description Absent while it goes on */
                            endedAt?: string;
                            /** @description live: a stream; stills: picture after picture */
                            how: string;
                            id: string;
                            /** @description The run of a round that it was for; absent of one who looked freely */
                            runId?: string;
                        }[];
                        nextCursor?: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRoundsUnseen: {
        parameters: {
            query?: {
                /** @description Over so many days */
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            cameraId: string;
                            lastSeenAt?: string;
                            name: string;
                            siteId?: string;
                        }[];
                        since: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRuns: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Items on a page */
                limit?: number;
                /** @description Only of this round */
                roundId?: string;
                /** @description Due, or begun, then or later */
                since?: string;
                /** @description Only in this state */
                state?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["RoundRun"][];
                        nextCursor?: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRunsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoundRun"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postRunsByIdAbandon: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoundRun"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoundRun"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postRunsByIdEnd: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoundRun"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoundRun"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postRunsByIdStopsByStop: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
                id: string;
                /** @description Number of the stop in its run, from 1 */
                stop: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    finding: "nothing" | "note" | "incident" | "camera-fault";
                    /** @description An incident that is open already; else one is opened at the camera */
                    incidentId?: string;
                    /** @description Of the incident that is opened; seen-on-camera when not said */
                    kind?: string;
                    note?: string;
                    /** @description Of the incident that is opened; 3 when not said */
                    priority?: 1 | 2 | 3 | 4;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoundRun"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoundRun"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of the second factor, or a recovery code, where the account has one */
                    code?: string;
                    password: string;
                    username: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSessionsCurrent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account?: components["schemas"]["Account"];
                        actor: {
                            kind: string;
                            name: string;
                            roles: string[];
                        };
                        expiresAt?: string;
                        /**
                         * @description A role asks for a second factor; nothing else is open before
                         * @enum {boolean}
                         */
                        secondFactorDue?: true;
                        /** @description The station's, as in Asia/Shanghai: by it reports count and days begin */
                        timeZone: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteSessionsCurrent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSessionsSingleSignOn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSessionsSingleSignOnCallback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSetup: {
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
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSetupDemo: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail?: string;
                        /** @description It goes to rest by itself then */
                        endsAt?: string;
                        /**
                         * @description at-rest: registered, and nobody acts. unavailable: the detail says why
                         * @enum {string}
                         */
                        state: "absent" | "starting" | "alive" | "ending" | "at-rest" | "unavailable";
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteSetupDemo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail?: string;
                        /** @description It goes to rest by itself then */
                        endsAt?: string;
                        /**
                         * @description at-rest: registered, and nobody acts. unavailable: the detail says why
                         * @enum {string}
                         */
                        state: "absent" | "starting" | "alive" | "ending" | "at-rest" | "unavailable";
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSetupProgress: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        demo: {
                            detail?: string;
                            /** @description It goes to rest by itself then */
                            endsAt?: string;
                            /**
                             * @description at-rest: registered, and nobody acts. unavailable: the detail says why
                             * @enum {string}
                             */
                            state: "absent" | "starting" | "alive" | "ending" | "at-rest" | "unavailable";
                        };
                        key?: {
                            id: string;
                            name: string;
                            siteId?: string;
                        };
                        pressed?: {
                            at: string;
                            incidentId: string;
                            number: number;
                        };
                        seen?: {
                            at: string;
                            by: string;
                        };
                        site?: {
                            id: string;
                            name: string;
                            stationId: string;
                        };
                        station?: {
                            id: string;
                            name: string;
                        };
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSetupState: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        hasAccount: boolean;
                        /** @description What to call the issuer of identities, where there is one */
                        singleSignOn?: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSignals: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Only of this device */
                deviceId?: string;
                /** @description Only of this incident */
                incidentId?: string;
                /** @description Items on a page */
                limit?: number;
                /** @description Only then or later */
                since?: string;
                /** @description Only of this type */
                type?: "press" | "release" | "test" | "tamper" | "battery" | "heartbeat" | "unparsed" | "motion" | "line-crossing" | "intrusion" | "audio-alarm" | "digital-input" | "object" | "video-loss" | "report" | "playback" | "online" | "offline" | "silence";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Signal"][];
                        nextCursor?: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSignals: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
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
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Signal"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Signal"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSigningKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Newest first; a JWK set (RFC 7517) */
                        keys: {
                            createdAt: string;
                            /** @enum {string} */
                            crv: "Ed25519";
                            /** @description Its thumbprint (RFC 7638) */
                            kid: string;
                            /** @enum {string} */
                            kty: "OKP";
                            /** @description Signs no more since then: it is there to read what is older, and no live order may be taken under it */
                            retiredAt?: string;
                            /** @enum {string} */
                            use: "sig";
                            /** @description The public key, base64url */
                            x: string;
                        }[];
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSigningKeys: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Newest first; a JWK set (RFC 7517) */
                        keys: {
                            createdAt: string;
                            /** @enum {string} */
                            crv: "Ed25519";
                            /** @description Its thumbprint (RFC 7638) */
                            kid: string;
                            /** @enum {string} */
                            kty: "OKP";
                            /** @description Signs no more since then: it is there to read what is older, and no live order may be taken under it */
                            retiredAt?: string;
                            /** @enum {string} */
                            use: "sig";
                            /** @description The public key, base64url */
                            x: string;
                        }[];
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSites: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Only of this grid */
                gridId?: string;
                /** @description Only of this kind */
                kind?: string;
                /** @description Items on a page */
                limit?: number;
                /** @description Only where id or name holds these letters */
                search?: string;
                /** @description Only of this station */
                stationId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Site"][];
                        nextCursor?: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSites: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
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
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Site"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSitesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Site"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putSitesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
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
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Site"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteSitesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putSitesByIdBindings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    cameras: {
                        id: string;
                        preset?: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSitesByIdInstallation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cameras: {
                            id: string;
                            name: string;
                            preset?: string;
                        }[];
                        devices: {
                            /** @description Percent */
                            battery?: number;
                            /** @description Of a key: the cameras that its press calls up, best first */
                            callsUp?: {
                                /** @description Metres */
                                distance?: number;
                                id: string;
                                name: string;
                                preset?: string;
                                reason: string;
                            }[];
                            /** @description Of a key: the cameras that an installer bound to it */
                            cameras?: {
                                id: string;
                                name: string;
                                preset?: string;
                            }[];
                            driver: string;
                            /** @description Of a loudspeaker: the camera that hears it */
                            ear?: {
                                /** @description False: it is one device with the loudspeaker */
                                bound: boolean;
                                id: string;
                            };
                            fallback?: string;
                            id: string;
                            /** @enum {string} */
                            kind: "key" | "camera" | "radio" | "loudspeaker";
                            lastSeenAt?: string;
                            lastTest?: {
                                at: string;
                                by: string;
                                id: string;
                                passed: boolean;
                            };
                            location?: {
                                lat: number;
                                lon: number;
                            };
                            name: string;
                            plan?: {
                                planId: string;
                                x: number;
                                y: number;
                            };
                            /** @description Last press or test button of a key, or last passed walk test */
                            provenAt?: string;
                            /** @description Another site for a camera that is bound from there */
                            siteId?: string;
                            /** @description Of a key: the loudspeakers of its site */
                            speaksAt?: string[];
                            /** @enum {string} */
                            state: "online" | "offline" | "unknown";
                            /** @description Of a camera: the keys and sites that it is called up for */
                            watches?: string[];
                        }[];
                        site: components["schemas"]["Site"];
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSitesByIdPlans: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["FloorPlan"][];
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postSitesByIdPlans: {
        parameters: {
            query: {
                /** @description What it is called */
                name: string;
            };
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FloorPlan"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSitesByIdPlansByPlanId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
                /** @description Id of the floor plan */
                planId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                    "image/png": string;
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteSitesByIdPlansByPlanId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
                /** @description Id of the floor plan */
                planId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSitesByIdTests: {
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
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
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
                                code: "never-connected" | "wrong-password" | "wrong-certificate" | "wrong-name" | "wrong-driver" | "offline" | "silent" | "not-subscribed" | "wrong-topic" | "wrong-filter" | "unreadable" | "wrong-order" | "flooding" | "clock-off" | "stuck" | "watch-unreachable" | "watch-silent" | "watch-refused" | "watch-garbled" | "watch-busy" | "watch-unsupported" | "watch-misconfigured" | "not-watched" | "watch-lost" | "picture-fault" | "never-armed" | "test-due" | "test-failed" | "driver-gone" | "settings-unfit" | "bridge-missing" | "bridge-unfit" | "bridge-offline" | "no-place" | "nobody-to-send" | "no-unit" | "no-route" | "no-ear" | "no-press" | "press-slow" | "battery-low" | "no-picture" | "no-stream" | "not-played" | "not-proved" | "not-delivered" | "carried-by-another" | "not-accepted" | "test-interrupted";
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
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStations: {
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
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Station"][];
                        nextCursor?: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postStations: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
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
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Station"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStationsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Station"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putStationsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
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
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Station"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteStationsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStream: {
        parameters: {
            query?: {
                /** @description The id of the last event that came: those after it come first. As the header Last-Event-ID, for clients that cannot set it. Where that place is unknown or too old, baiying.stream.reset.v1 comes: read the lists anew */
                lastEventId?: string;
                /** @description Event types, separated by commas, each as far as it must agree, with or without baiying. unit.moved, register.changed, record.away and record.back, which have no id and are not kept, come only to those who name them: *,unit.moved */
                types?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUnits: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Only of this device */
                deviceId?: string;
                /** @description Only of this grid */
                gridId?: string;
                /** @description Items on a page */
                limit?: number;
                /** @description Only of this station */
                stationId?: string;
                /** @description Only with this status */
                status?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Unit"][];
                        nextCursor?: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postUnits: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
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
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unit"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUnitsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unit"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putUnitsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
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
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unit"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteUnitsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhooks: {
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
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Webhook"][];
                        nextCursor?: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWebhooks: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
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
            /** @description Created */
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
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhooksById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWebhooksById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhooksByIdDeliveries: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Items on a page */
                limit?: number;
                /** @description Only in this state */
                state?: "waiting" | "delivered" | "dead";
            };
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["WebhookDelivery"][];
                        nextCursor?: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWebhooksByIdSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Until then the secret before signs as well */
                        formerUntil: string;
                        /** @description Shown this once */
                        secret: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWebhooksByIdTest: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Created */
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
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhooksDeliveries: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Items on a page */
                limit?: number;
                /** @description Only in this state */
                state?: "waiting" | "delivered" | "dead";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["WebhookDelivery"][];
                        nextCursor?: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWebhooksDeliveriesByIdReplay: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getZones: {
        parameters: {
            query?: {
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Items on a page */
                limit?: number;
                /** @description Only with this loudspeaker */
                loudspeakerId?: string;
                /** @description Only of this station */
                stationId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Zone"][];
                        nextCursor?: string;
                    };
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postZones: {
        parameters: {
            query?: never;
            header?: {
                /** @description The act is done once: asked again with the same key and body within 24 hours, it gets the first answer with the header idempotency-replayed. With another body it gets `idempotency-conflict` */
                "Idempotency-Key"?: string;
            };
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
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Zone"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getZonesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Zone"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putZonesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
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
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Zone"];
                };
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteZonesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of what the address names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem document (RFC 9457) */
            default: {
                headers: {
                    /** @description Seconds after which to ask again; only where `retry` is true */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
