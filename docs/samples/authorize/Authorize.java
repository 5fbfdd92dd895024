// Prints the address to send a browser to, and the state and code verifier to keep in its session.

import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

public class Authorize {
  public static void main(String[] args) throws Exception {
    String state = random();
    String codeVerifier = random();
    byte[] challenge = MessageDigest.getInstance("SHA-256").digest(codeVerifier.getBytes(US_ASCII));

    System.out.println(env("LANGO_URL") + "/oauth/authorize?response_type=code&scope=openid"
        + "&client_id=" + URLEncoder.encode(env("CLIENT_ID"), UTF_8)
        + "&redirect_uri=" + URLEncoder.encode(env("REDIRECT_URI"), UTF_8)
        + "&state=" + state
        + "&code_challenge=" + base64url(challenge)
        + "&code_challenge_method=S256");
    System.out.println("state=" + state);
    System.out.println("code_verifier=" + codeVerifier);
  }

  static String random() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return base64url(bytes);
  }

  static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static String env(String name) {
    return Objects.requireNonNull(System.getenv(name), name);
  }
}
