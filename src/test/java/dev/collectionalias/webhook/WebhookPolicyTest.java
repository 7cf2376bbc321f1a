package dev.collectionalias.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which hosts objects of the namespace shop may ask, and at which addresses. */
class WebhookPolicyTest {

    private final WebhookPolicy policy = WebhookPolicy.allowing("hooks.example.com, *.example.org, gate.platform.svc");

    @ParameterizedTest
    @CsvSource({"gate.shop, gate.shop.svc", "gate.shop.svc, gate.shop.svc",
            "gate.shop.svc.cluster.local, gate.shop.svc", "gate.shop.svc.k8s.corp.example, gate.shop.svc",
            "hooks.example.com, hooks.example.com", "a.example.org, a.example.org", "a.b.example.org, a.b.example.org",
            "gate.platform.svc, gate.platform.svc"})
    void theseMayBeAsked(String host, String lookedUp) {
        assertThat(policy.nameToLookUp(host, "shop")).contains(lookedUp);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gate", "localhost", "gate.other", "gate.other.svc", "gate.other.svc.cluster.local",
            "pod.gate.shop.svc", "gate.shop.example.com", "shop.svc", "gate.platform", "example.org", "evilexample.org",
            "x.hooks.example.com", "hooks.example.com.evil.net", "gate..shop", ".shop.svc", "gate.shop.",
            "gate.shop.svc.",
            "127.0.0.1", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f000001", "0x7f.0.0.1",
            "017700000001", "127.1", "a.example.org.1"})
    void theseMustNot(String host) {
        assertThat(policy.nameToLookUp(host, "shop")).isEmpty();
    }

    @Test
    void aNamespaceNamedAsATopLevelDomainOpensNoneOfItsHosts() {
        assertThat(policy.nameToLookUp("gate.dev", "dev")).contains("gate.dev.svc");
    }

    @Test
    void aNamespaceNamedAsANumberMakesNoAddress() {
        assertThat(policy.nameToLookUp("127.1", "1")).contains("127.1.svc");
    }

    @Test
    void nothingElseIsAllowedUnlessItIsListed() {
        assertThat(WebhookPolicy.OWN_NAMESPACE.nameToLookUp("hooks.example.com", "shop")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"gate | names no namespace; write gate.shop.svc",
            "10.0.0.1 | is an address; name a Service of this namespace", "2130706433 | is an address",
            "[::1] | is an address",
            "gate.other.svc | is no Service of this namespace, as gate.shop.svc is, and the operator's WEBHOOK_ALLOWED_HOSTS"})
    void aRefusalSaysWhatToDo(String host, String words) {
        assertThat(WebhookPolicy.refusal(host, "shop")).startsWith("the webhook's host " + host + " ").contains(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1", "0.0.0.0", "0.1.2.3", "::", "169.254.169.254",
            "169.254.0.1",
            "fe80::1", "224.0.0.1", "239.1.1.1", "ff02::1", "255.255.255.255", "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1", "64:ff9b::169.254.169.254", "2002:7f00:1::", "2002:a9fe:a9fe::1", "fd00:ec2::254"})
    void reservedAddressesAreRefused(String address) throws UnknownHostException {
        assertThat(policy.permits(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.96.0.10", "172.16.3.4", "192.168.1.1", "93.184.215.14", "fd00:10:96::a", "2001:db8::1",
            "64:ff9b::8.8.8.8"})
    void othersAreNot(String address) throws UnknownHostException {
        assertThat(policy.permits(InetAddress.getByName(address))).isTrue();
    }
}
