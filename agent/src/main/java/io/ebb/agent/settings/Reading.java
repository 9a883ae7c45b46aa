package io.ebb.agent.settings;

import io.ebb.agent.connections.Cidr;
import io.ebb.agent.health.HealthTarget;
import io.ebb.agent.hook.HookAction;
import io.ebb.agent.probe.ProbeAddress;
import io.ebb.agent.settings.Sources.Given;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads texts as what they mean; each complaint names the setting. */
final class Reading {
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Pattern JOINED = Pattern.compile("([^#]+)#([0-9a-fA-F]{64})\\.(\\S+)");
    private static final Pattern CALL = Pattern.compile("(GET|POST|PUT|DELETE)\\s+(https?://\\S+)");

    private Reading() {}

    static SettingsException wrong(Given given, String expected) {
        return new SettingsException(
                given.origin() + ": expected " + expected + ", not '" + given.text() + "'");
    }

    static Duration time(Given given) throws SettingsException {
        Matcher matcher = TIME.matcher(given.text());
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw wrong(given, "a time above zero such as 250ms, 5s, 2m or 1h");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    static Optional<Duration> timeOrOff(Given given) throws SettingsException {
        return given.text().equals("off") ? Optional.empty() : Optional.of(time(given));
    }

    /** The text of a wrong one is not repeated: it may hold the secret. */
    static Join join(Given given) throws SettingsException {
        if (given.text().isEmpty()) {
            throw new SettingsException(
                    given.origin() + ": is missing; 'ebb-orchestrator enroll VM' prints it");
        }
        Matcher matcher = JOINED.matcher(given.text());
        List<String> addresses =
                matcher.matches() ? parts(new Given(matcher.group(1), given.origin())) : List.of();
        if (addresses.isEmpty()) {
            throw new SettingsException(
                    given.origin() + ": expected https://host:port#<64 digits>.<token>");
        }
        List<URI> orchestrators = new ArrayList<>();
        for (String address : addresses) {
            orchestrators.add(url(new Given(address, given.origin()), "https"));
        }
        return new Join(orchestrators, matcher.group(2).toLowerCase(Locale.ROOT), matcher.group(3));
    }

    static URI url(Given given, String scheme) throws SettingsException {
        try {
            URI uri = URI.create(given.text());
            if (scheme.equals(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw wrong(given, "a URL that begins with " + scheme + "://");
        }
        throw wrong(given, "a URL that begins with " + scheme + "://");
    }

    static List<InetAddress> addresses(Given given) throws SettingsException {
        List<InetAddress> addresses = new ArrayList<>();
        for (String text : parts(given)) {
            addresses.add(address(given, text));
        }
        return addresses;
    }

    private static InetAddress address(Given given, String text) throws SettingsException {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw wrong(given, "addresses such as 10.0.0.4 or fe80::1 (no names)");
        }
    }

    static List<Cidr> ranges(Given given) throws SettingsException {
        List<Cidr> ranges = new ArrayList<>();
        for (String text : parts(given)) {
            try {
                ranges.add(Cidr.of(text));
            } catch (IllegalArgumentException e) {
                throw wrong(given, "ranges such as 168.63.129.16 or fe80::/10");
            }
        }
        return ranges;
    }

    static List<Integer> ports(Given given) throws SettingsException {
        List<Integer> ports = new ArrayList<>();
        for (String text : parts(given)) {
            ports.add(port(given, text));
        }
        return ports;
    }

    private static List<String> parts(Given given) {
        return Pattern.compile(",")
                .splitAsStream(given.text())
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    static HealthTarget health(Given given) throws SettingsException {
        String text = given.text();
        if (text.equals("tcp")) {
            return new HealthTarget.WatchedPorts();
        }
        if (text.startsWith("tcp:")) {
            return new HealthTarget.Port(port(given, text.substring(4)));
        }
        if (text.startsWith("http://")) {
            return new HealthTarget.Url(url(given, "http"));
        }
        throw wrong(given, "tcp, tcp:PORT or a URL that begins with http://");
    }

    private static int port(Given given, String text) throws SettingsException {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65536) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw wrong(given, "a port from 1 to 65535");
        }
        throw wrong(given, "a port from 1 to 65535");
    }

    static Optional<ProbeAddress> probe(Given given) throws SettingsException {
        String text = given.text();
        if (text.equals("off")) {
            return Optional.empty();
        }
        int slash = text.indexOf('/');
        int colon = text.lastIndexOf(':', slash < 0 ? text.length() : slash);
        if (colon < 0 || slash < 0) {
            throw wrong(given, "IP:PORT/PATH or off");
        }
        String host = text.substring(0, colon).replace("[", "").replace("]", "");
        return Optional.of(
                new ProbeAddress(
                        address(given, host),
                        port(given, text.substring(colon + 1, slash)),
                        text.substring(slash)));
    }

    static Optional<HookAction> hook(Given given) throws SettingsException {
        if (given.text().isEmpty()) {
            return Optional.empty();
        }
        Matcher call = CALL.matcher(given.text());
        if (call.matches()) {
            var address = new Given(call.group(2), given.origin());
            return Optional.of(new HookAction.Call(call.group(1), url(address, "http")));
        }
        return Optional.of(new HookAction.Command(given.text()));
    }
}
